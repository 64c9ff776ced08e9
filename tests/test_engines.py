"""Two engines for the same weights: they agree, keep to their limits, and refuse what they cannot run."""

import json
import shutil
from itertools import pairwise

import pytest
from safetensors.torch import load_file, save_file

from nlp.engines import conversion, longest_output
from nlp.engines.batching import TOKENS_A_BATCH, by_length
from nlp.engines.ctranslate2 import CTranslate2Engine
from nlp.engines.transformers import TransformersEngine
from nlp.models.tokenizer import MarianTokenizer
from tests import toys

SENTENCES = (*toys.CORPUS, "Le", "Une phrase avec des lettres inconnues : ж日🙂.")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    return toys.marian(tmp_path_factory.mktemp("toy") / "checkpoint", tokens=(">>por<<", ">>fra<<"))


@pytest.fixture(scope="module")
def quick(checkpoint, tmp_path_factory):
    place = tmp_path_factory.mktemp("converted") / "model"
    conversion.convert(checkpoint, place)
    return place


@pytest.fixture(params=["quick", "reference"])
def engine(request, quick, checkpoint):
    return CTranslate2Engine(quick) if request.param == "quick" else TransformersEngine(checkpoint)


def test_answers_come_in_the_order_of_the_questions(engine, checkpoint):
    """Batches are sorted by length inside: that must not show."""
    sources = [MarianTokenizer(checkpoint).encode(sentence) for sentence in SENTENCES]
    together = engine.generate(sources, beam=1, longest=8)
    alone = [engine.generate([source], beam=1, longest=8)[0] for source in sources]
    assert len(set(together)) > 3
    assert sum(a == b for a, b in zip(together, alone, strict=True)) >= len(sources) - 1
    assert engine.generate([], beam=4) == []


def test_a_search_can_tell_all_that_it_ended_with(engine, checkpoint):
    sources = [MarianTokenizer(checkpoint).encode(sentence) for sentence in SENTENCES[:3]]
    together = engine.alternatives(sources, beam=3)
    assert [len(set(hypotheses)) for hypotheses in together] == [3, 3, 3]
    assert [hypotheses[0] for hypotheses in together] == engine.generate(sources, beam=3)
    assert engine.alternatives([], beam=3) == []


def test_no_answer_is_longer_than_allowed(engine, checkpoint):
    source = MarianTokenizer(checkpoint).encode(SENTENCES[1])
    assert len(engine.generate([source], beam=2)[0]) <= longest_output(len(source))
    assert len(engine.generate([source], beam=2, longest=5)[0]) <= 5


def test_no_run_of_tokens_comes_twice_when_that_is_forbidden(engine, checkpoint):
    source = MarianTokenizer(checkpoint).encode(SENTENCES[1])
    ids = engine.generate([source], beam=1, no_repeat_ngram=2)[0]
    pairs = list(pairwise(ids))
    assert len(ids) > 3 and len(pairs) == len(set(pairs))


def test_a_publishers_own_settings_change_nothing(checkpoint, tmp_path):
    """A least length, five beams or a length penalty in a checkpoint would make summaries invent."""
    other = tmp_path / "other"
    shutil.copytree(checkpoint, other)
    settings = json.loads((other / "generation_config.json").read_text("utf-8"))
    taste = {"min_length": 56, "length_penalty": 2.0, "num_beams": 5, "max_length": 20, "no_repeat_ngram_size": 3}
    (other / "generation_config.json").write_text(json.dumps(settings | taste), "utf-8")
    sources = [MarianTokenizer(checkpoint).encode(sentence) for sentence in SENTENCES]
    assert TransformersEngine(other).generate(sources, beam=2) == TransformersEngine(checkpoint).generate(
        sources, beam=2
    )


def test_weights_that_are_missing_are_not_made_up(checkpoint, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(checkpoint, broken)
    weights = load_file(broken / "model.safetensors")
    lost = next(name for name in weights if name.endswith("encoder.layers.0.fc1.weight"))
    del weights[lost]
    save_file(weights, broken / "model.safetensors", {"format": "pt"})
    with pytest.raises(ValueError, match=r"fc1\.weight"):
        TransformersEngine(broken)
    with pytest.raises(conversion.ConversionFailed, match=r"fc1\.weight"):
        conversion.convert_here(broken, tmp_path / "converted")
    with pytest.raises(conversion.ConversionFailed):
        conversion.convert(broken, tmp_path / "converted-apart")
    assert not (tmp_path / "converted-apart").exists()


def test_loading_says_nothing(checkpoint, capfd):
    """Standard error belongs to messages for the reader."""
    TransformersEngine(checkpoint)
    assert capfd.readouterr() == ("", "")


def test_two_vocabularies_are_left_to_the_reference_engine(tmp_path):
    checkpoint = toys.marian(tmp_path / "separate", separate=True)
    with pytest.raises(conversion.ConversionFailed, match="two vocabularies"):
        conversion.convert_here(checkpoint, tmp_path / "converted")


@pytest.mark.parametrize("tokens", [(), (">>por<<", ">>fra<<")])
@pytest.mark.parametrize("separate", [False, True])
def test_the_tokenizer_agrees_with_transformers(tmp_path, tokens, separate):
    from transformers import MarianTokenizer as Reference

    checkpoint = toys.marian(tmp_path / "checkpoint", tokens=tokens, separate=separate)
    ours, reference = MarianTokenizer(checkpoint), Reference.from_pretrained(checkpoint, local_files_only=True)
    for sentence in SENTENCES:
        for prefix in ("", *tokens):
            assert ours.encode(prefix + sentence) == reference(prefix + sentence)["input_ids"]
        if not separate:
            ids = ours.encode(sentence)
            assert ours.decode(ids) == reference.decode(ids, skip_special_tokens=True)


def test_a_target_token_is_one_piece_and_only_where_the_model_knows_it(checkpoint):
    tokenizer = MarianTokenizer(checkpoint)
    plain = tokenizer.encode("Le président")
    assert len(tokenizer.encode(">>por<<Le président")) == len(plain) + 1
    assert len(tokenizer.encode(">>xyz<<Le président")) > len(plain) + 1
    assert ">>" not in tokenizer.decode(tokenizer.encode(">>por<<Le président"))


def test_batches_hold_similar_lengths_within_the_budget():
    lengths = [3, 400, 7, 7, 2_000, 5, 380, *[20] * 200]
    batch = [[1] * length for length in lengths]
    groups = by_length(batch)
    assert sorted(k for group in groups for k in group) == list(range(len(batch)))
    for group in groups:
        longest = max(lengths[k] for k in group)
        assert len(group) == 1 or longest * len(group) <= TOKENS_A_BATCH
