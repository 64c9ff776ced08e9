"""Embedded weights: packed without loss that matters, proved before use, and never used when damaged."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from nlp import errors
from nlp.models import catalogue, store, unpacking
from nlp.models.quantization import SCALE, dequantized, quantized
from nlp.models.tokenizer import MarianTokenizer
from nlp.normalization import for_model


@given(npst.arrays(np.float32, (3, 5), elements=st.floats(-100, 100, width=32)))
def test_a_row_loses_at_most_half_a_step_and_nothing_the_second_time(matrix):
    packed = quantized({"w": matrix})
    back = dequantized(packed)["w"]
    step = np.where(np.abs(matrix).max(1) > 0, np.abs(matrix).max(1) / 127, 1)
    assert np.all(np.abs(back - matrix) <= 0.51 * step[:, None] + 1e-30)
    again = quantized({"w": back})
    assert np.array_equal(again["w"], packed["w"])


def test_vectors_are_kept_as_they_are():
    packed = quantized({"b": np.array([0.1, 1e-8], np.float32), "bias": np.ones((1, 4), np.float16)})
    assert set(packed) == {"b", "bias"} and SCALE not in "".join(packed)


def test_the_catalogue_finds_the_embedded_model():
    model = store.route("fr", "en")[0]
    assert catalogue.entry(model.id) is model
    assert model.bytes < 40e6
    assert model.scores and model.licence and model.note("fr") != model.note("en")
    with pytest.raises(errors.NoTranslator):
        store.route("el", "fr")


@pytest.fixture
def copied_model(tmp_path):
    """The embedded model in a folder that a test may damage."""
    model = store.route("fr", "en")[0]
    folder = tmp_path / "packed"
    shutil.copytree(model.folder, folder)
    return catalogue.read_card(folder)


def test_a_flipped_byte_is_found(copied_model, tmp_path):
    file = copied_model.folder / "model.safetensors"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(errors.CorruptModel, match=r"model\.safetensors"):
        unpacking.unpack(copied_model, tmp_path / "out")


def test_it_is_the_model_asked_for_that_is_unpacked(copied_model):
    """Not another one of the same name: a card of other golden sentences must make it fail."""
    card = copied_model.folder / "card.json"
    content = json.loads(card.read_text("utf-8"))
    content["golden"][0]["log_probabilities"][0] -= 1
    content["sha256"]["model.safetensors"] = "0" * 64
    card.write_text(json.dumps(content), "utf-8")
    with pytest.raises(errors.CorruptModel, match=r"model\.safetensors"):
        unpacking.unpacked(catalogue.read_card(copied_model.folder))


def test_weights_that_answer_otherwise_than_the_card_says_are_refused(french_to_english, copied_model):
    place = unpacking.unpacked(store.route("fr", "en")[0])
    unpacking.prove(copied_model, place)
    golden = copied_model.golden[0]
    shifted = replace(golden, log_probabilities=tuple(v - 0.5 for v in golden.log_probabilities))
    with pytest.raises(errors.CorruptModel, match="golden"):
        unpacking.prove(replace(copied_model, golden=(shifted,)), place)


def test_a_cache_that_cannot_be_written_is_said(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("ENTREFILET_CACHE", str(blocked))
    with pytest.raises(errors.CacheUnwritable) as refused:
        unpacking.unpacked(store.route("fr", "en")[0])
    assert "ENTREFILET_CACHE" in refused.value.message("fr")


def test_the_tokenizer_agrees_with_transformers(french_to_english):
    from transformers import MarianTokenizer as Reference

    folder = unpacking.unpacked(store.route("fr", "en")[0]) / "checkpoint"
    ours, reference = MarianTokenizer(folder), Reference.from_pretrained(folder, local_files_only=True)
    for sentence in ("Le président a annoncé mardi une réforme.", "« Non ! » 12 345,67 € à 20 h 30", "œuvre 日本 🙂"):
        plain = for_model(sentence)
        assert ours.encode(plain) == reference(plain)["input_ids"]


def test_the_quick_engine_agrees_with_the_reference(french_to_english):
    from nlp.engines.transformers import TransformersEngine

    reference = TransformersEngine(unpacking.unpacked(store.route("fr", "en")[0]) / "checkpoint")
    tokenizer = french_to_english.models[0].tokenizer
    batch = [
        tokenizer.encode(s) for s in ("Le maire a démissionné.", "Il pleut sur la ville depuis trois jours.", "Oui.")
    ]
    quick = french_to_english.models[0].engine.generate(batch, beam=4)
    slow = reference.generate(batch, beam=4)
    assert tokenizer.decode(quick[0]) == tokenizer.decode(slow[0])
    for a, b in zip(quick, slow, strict=True):
        shared = set(a) & set(b)
        assert len(shared) >= 0.6 * max(len(set(a)), len(set(b)))


def test_a_toy_model_is_packed_and_comes_back(tmp_path):
    """The way from a trained checkpoint to shipped weights, on a model made here."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    from lab.training.pack import pack
    from nlp.engines.transformers import TransformersEngine

    source = store.route("fr", "en")[0].folder
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    for name in ("source.spm", "vocab.json", "tokenizer_config.json"):
        shutil.copyfile(source / name, checkpoint / name)
    shutil.copyfile(source / "source.spm", checkpoint / "target.spm")
    size = len(json.loads((source / "vocab.json").read_text("utf-8")))
    torch.manual_seed(0)
    config = MarianConfig(
        vocab_size=size, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16, max_position_embeddings=64,
        pad_token_id=size - 1, eos_token_id=0, decoder_start_token_id=size - 1, bos_token_id=None,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True,
    )  # fmt: skip
    model = MarianMTModel(config).eval()
    model.generation_config.max_length = 64
    model.save_pretrained(checkpoint)
    card = {
        "id": "toy", "source": "fr", "target": "en", "task": "translation", "version": "0", "licence": "CC0-1.0",
        "trained_length": 50, "scores": {}, "remark": {"en": "toy"}, "draft": True, "sentences": ["Bonjour à tous."],
    }  # fmt: skip
    pack(checkpoint, tmp_path / "packed", card)
    entry = catalogue.read_card(tmp_path / "packed")
    unpacking.write_checkpoint(entry.folder, tmp_path / "unpacked")
    golden = entry.golden[0]
    tokens = MarianTokenizer(tmp_path / "unpacked").encode(golden.source)
    before = TransformersEngine(checkpoint).log_probabilities(tokens, golden.target)
    after = TransformersEngine(tmp_path / "unpacked").log_probabilities(tokens, golden.target)
    assert after == pytest.approx(golden.log_probabilities, abs=1e-3)
    assert after == pytest.approx(before, abs=0.1)
