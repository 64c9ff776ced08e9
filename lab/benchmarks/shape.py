"""A checkpoint of exactly OPUS-MT's size with random weights: its speed is the real one's, its words are noise."""

import json
import shutil
from pathlib import Path

import torch
from transformers import MarianConfig, MarianMTModel

PIECES = 59_514
_NEVER = -1e4


def write(place: Path, like: Path) -> None:
    """Write the checkpoint.

    6 + 6 layers, 512 wide, 8 heads, 2048 inside, 59,514 pieces. The end mark is never said, so that answers have
    whatever length is asked for.

    Args:
        place: a folder to make.
        like: a checkpoint whose tokenizer it gets; its vocabulary is filled up with pieces that no text has.
    """
    place.mkdir(parents=True)
    for name in ("source.spm", "target.spm", "tokenizer_config.json"):
        shutil.copyfile(like / name, place / name)
    settings = json.loads((place / "tokenizer_config.json").read_text("utf-8")) | {"added_tokens_decoder": {}}
    (place / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    known = json.loads((like / "vocab.json").read_text("utf-8"))
    pieces = [piece for piece in sorted(known, key=known.__getitem__) if piece != "<pad>"]
    pieces += [f"<{i}>" for i in range(PIECES - 1 - len(pieces))] + ["<pad>"]
    (place / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(pieces)}), "utf-8")
    torch.manual_seed(0)
    config = MarianConfig(
        vocab_size=PIECES, d_model=512, encoder_layers=6, decoder_layers=6, encoder_attention_heads=8,
        decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
        activation_function="swish", pad_token_id=PIECES - 1, eos_token_id=0, decoder_start_token_id=PIECES - 1,
        bos_token_id=None, scale_embedding=True, share_encoder_decoder_embeddings=True, tie_word_embeddings=True,
    )  # fmt: skip
    model = MarianMTModel(config)
    model.final_logits_bias[0, 0] = _NEVER
    model.generation_config.bad_words_ids = [[PIECES - 1]]
    model.save_pretrained(place)
