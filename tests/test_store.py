"""Which models translate: the best that is here, two of them through English, and none that is damaged."""

from dataclasses import replace

import pytest

from nlp.digest import Request, progress
from nlp.errors import CorruptModel, NotInstalled, NoTranslator
from nlp.models import catalogue, installation, loading, store
from nlp.models.golden import Golden
from nlp.models.proving import Proof
from nlp.readers import read
from nlp.translation import Status
from tests import toys


@pytest.fixture
def added(tmp_path, monkeypatch, french_to_english):
    """Adds toy models to a models folder of the test's own; gives their entries."""
    monkeypatch.setenv("ENTREFILET_MODELS", str(tmp_path / "models"))

    def add(source, target, golden=(), engine="transformers", **options):
        folder = toys.marian(tmp_path / f"{source}-{target}", **options)
        entry = catalogue.local(folder, f"local/{folder.name}", source=source, target=target)
        installation.write_record(installation.place_of(entry), entry, folder, Proof(engine, golden))
        return catalogue.entry(entry.id)

    return add


def test_what_the_reader_added_comes_before_the_draft(added):
    assert [entry.id for entry in store.route("fr", "en")] == ["entrefilet-fr-en"]
    mine = added("fr", "en")
    assert store.route("fr", "en") == (mine,)


def test_two_models_meet_in_english_only_where_no_direct_one_is(added):
    with pytest.raises(NoTranslator):
        store.route("de", "fr")
    into, out = added("de", "en"), added("en", "fr")
    assert store.route("de", "fr") == (into, out)
    direct = added("de", "fr")
    assert store.route("de", "fr") == (direct,)


def test_what_to_get_is_the_standard_model_or_the_missing_leg(added):
    def missing(source, target):
        return [entry.id for entry in store.missing(source, target)]

    assert missing("de", "fr") == ["opus-mt-de-fr"]
    assert missing("pt", "fr") == ["opus-mt-ROMANCE-en", "opus-mt-en-fr"]
    assert missing("fr", "en") == ["opus-mt-fr-en"]
    assert missing("el", "fr") == missing("und", "en") == []


def test_an_article_goes_through_english_and_says_so(added):
    added("de", "en", seed=1)
    added("en", "fr", seed=2)
    text = "Der Präsident hat eine Reform angekündigt.\n\nDie Brücke kostet 40 Millionen Euro.\n\n— 12 —"
    *_, digest = progress(read(text.encode(), "artikel.txt"), Request(source="de"))
    assert digest.target == "fr" and digest.translator == "local/de-en + local/en-fr"
    assert "through-english" in {notice.kind for notice in digest.warnings}
    assert len(digest.translations) == len(digest.segments) and all(digest.translations)
    assert digest.translations[-1].status is Status.COPIED
    for translation in digest.translations:
        assert (translation.text is None) == (translation.status is Status.UNTRANSLATED)


def test_without_a_model_the_reader_learns_which_one_to_get(added):
    *_, digest = progress(read(b"O presidente anunciou uma reforma.", "artigo.txt"), Request(source="pt"))
    notice = next(notice for notice in digest.warnings if notice.kind == "get-models")
    assert "opus-mt-ROMANCE-en" in notice.text("fr") and "opus-mt-en-fr" in notice.text("en")


def test_a_damaged_model_is_left_aside_for_the_next_best(added):
    wrong = Golden("Le président a annoncé mardi une réforme.", (5, 5, 5, 5, 5, 5, 0), ())
    damaged = added("fr", "en", golden=(wrong,))
    translator, notices = store.best_translator("fr", "en")
    assert translator.id == "entrefilet-fr-en"
    (refused,) = [notice for notice in notices if notice.kind == "model-refused"]
    assert damaged.id in refused.text("fr")
    assert not store.ready(damaged)


def test_a_model_that_was_asked_for_is_never_replaced_in_silence(added):
    wrong = Golden("Le maire et les habitants.", (5, 5, 5, 5, 5, 5, 0), ())
    with pytest.raises(CorruptModel):
        store.best_translator("fr", "en", added("fr", "en", golden=(wrong,)))
    with pytest.raises(NotInstalled):
        store.route("fr", "en", catalogue.entry("opus-mt-fr-en"))
    with pytest.raises(NoTranslator):
        store.route("fr", "de", catalogue.entry("entrefilet-fr-en"))


def test_each_model_is_loaded_once_and_let_go_when_memory_is_short(added, monkeypatch):
    first, second = added("de", "en"), added("en", "fr")
    held = store.sequence_model(first)
    assert store.sequence_model(first) is held
    monkeypatch.setattr(store, "MOST_BYTES", held.bytes)
    store.sequence_model(second)
    source = held.tokenizer.encode("Le maire.")
    answer = held.engine.generate([source], beam=1)
    again = store.sequence_model(first)
    assert again is not held
    assert again.engine.generate([source], beam=1) == answer


def test_changed_files_are_another_model(added):
    entry = added("de", "en", seed=1)
    before = store.sequence_model(entry)
    toys.marian(entry.folder.with_name("other"), seed=2)
    entry.folder.rename(entry.folder.with_name("old"))
    entry.folder.with_name("other").rename(entry.folder)
    after = store.sequence_model(replace(entry))
    source = before.tokenizer.encode("Le maire et les habitants.")
    assert before.engine.generate([source], beam=1) != after.engine.generate([source], beam=1)


def test_a_quick_form_that_was_damaged_in_the_cache_is_made_again(added):
    entry = added("de", "en", engine="ctranslate2")
    before = loading.load(entry)
    converted = installation.converted_of(entry)
    (converted / "model.bin").write_bytes((converted / "model.bin").read_bytes()[:1000])
    after = loading.load(entry)
    source = before.tokenizer.encode("Le maire.")
    assert after.engine.generate([source], beam=2) == before.engine.generate([source], beam=2)
