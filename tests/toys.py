"""Small real models, made while the tests run."""

import json
import shutil

import sentencepiece

from nlp.models import catalogue

CORPUS = (
    "Le président a annoncé mardi une réforme des retraites.",
    "La ville a ouvert un pont de 40 millions d'euros après trois ans de travaux.",
    "Le maire et les habitants se disent très heureux de cette nouvelle.",
    "The president announced a reform of pensions on Tuesday.",
    "The city opened a bridge worth 40 million euros after three years of works.",
)


def marian(folder, *, tokens=(), seed=0, separate=False, width=16, layers=1):
    """Write a ``MarianMTModel`` with random weights and a tokenizer of its own.

    Args:
        folder: made.
        tokens: target tokens in the vocabulary, ">>por<<" and the like.
        seed: of the weights.
        separate: whether source and target have a vocabulary each.
        width, layers: of the network.
    """
    folder.mkdir(parents=True)
    (folder / "corpus.txt").write_text("\n".join(CORPUS) + "\n", "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "corpus.txt"), model_prefix=str(folder / "spm"), vocab_size=120, character_coverage=1.0,
        hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(folder / "spm.model", folder / name)
    for name in ("spm.model", "spm.vocab", "corpus.txt"):
        (folder / name).unlink()
    names = map(processor.id_to_piece, range(processor.get_piece_size()))
    learnt = [piece for piece in names if piece not in ("<unk>", "<s>", "</s>")]
    pieces = ["</s>", "<unk>", *learnt, *tokens, "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(pieces)}), "utf-8")
    if separate:
        target = ["</s>", "<unk>", *reversed(learnt), "<pad>"]
        (folder / "target_vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(target)}), "utf-8")
    settings = {
        "tokenizer_class": "MarianTokenizer", "source_lang": "fr", "target_lang": "en", "separate_vocabs": separate,
        "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>", "model_max_length": 512,
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    _write_weights(folder, len(pieces), width=width, layers=layers, seed=seed, spread=0.5)
    return folder


def marian_of_embedded_pieces(folder, *, pickle=False):
    """Write a ``MarianMTModel`` of a megabyte, with the pieces of the embedded model and random weights.

    Args:
        folder: made.
        pickle: whether its weights are kept in a pickle, as old checkpoints keep theirs.
    """
    pieces = next(entry.folder for entry in catalogue.embedded())
    folder.mkdir(parents=True)
    for name, copy in (("source.spm", "source.spm"), ("source.spm", "target.spm"), ("vocab.json", "vocab.json")):
        shutil.copyfile(pieces / name, folder / copy)
    (folder / "tokenizer_config.json").write_text('{"source_lang": "fr", "target_lang": "en"}', "utf-8")
    size = len(json.loads((pieces / "vocab.json").read_text("utf-8")))
    model = _write_weights(folder, size, width=16, layers=1, seed=0, spread=0.02)
    if pickle:
        import torch

        torch.save(model.state_dict(), folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()
    return folder


def _write_weights(folder, size, *, width, layers, seed, spread):
    """Write network and settings of a Marian model whose vocabulary has ``size`` pieces; the model."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(seed)
    config = MarianConfig(
        vocab_size=size, d_model=width, encoder_layers=layers, decoder_layers=layers, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=2 * width, decoder_ffn_dim=2 * width, max_position_embeddings=128,
        pad_token_id=size - 1, eos_token_id=0, decoder_start_token_id=size - 1, bos_token_id=None, init_std=spread,
        scale_embedding=True, share_encoder_decoder_embeddings=True, tie_word_embeddings=True,
    )  # fmt: skip
    model = MarianMTModel(config).eval()
    model.generation_config.max_length = 128
    model.generation_config.bad_words_ids = [[size - 1]]
    model.save_pretrained(folder)
    return model
