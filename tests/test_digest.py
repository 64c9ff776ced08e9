"""The whole journey of an article, on the embedded weights."""

import pytest

from nlp import errors
from nlp.article import Kind
from nlp.digest import (
    Detected,
    Facts,
    Finished,
    Request,
    Segmented,
    Summarized,
    Translated,
    TranslatorReady,
    digest,
    progress,
)
from nlp.readers import read
from nlp.translation import Status


def finished(article, request=Request()):
    for state in progress(article, request):
        last = state
    assert last.finished
    return last


def test_the_clients_article(read_seed):
    result = finished(read_seed("000_1d39e68d33dc8df3.txt"))
    assert result.language == "fr" and result.target == "en"
    assert all(t and t.text for t in result.translations)
    body = [s for s in result.segments if s.kind is Kind.BODY]
    assert len(body) == 14
    assert len(result.summary.sentences) == 3
    for sentence in result.summary.sentences:
        assert sentence.source in result.article.text
        assert sentence.target == " ".join(result.translations[i].text for i in sentence.evidence)
        assert "Shutterstock" not in sentence.source and "AFP" not in sentence.source
    assert [w.kind for w in result.warnings] == ["draft-model"]
    for figure in ("200", "40", "300", "500"):
        assert any(figure in t.text for t in result.translations)


def test_events_come_in_order(read_seed):
    events = list(digest(read_seed("breve-pont-de-merlac.txt")))
    assert [type(e) for e in events[:5]] == [Detected, Segmented, Summarized, Facts, TranslatorReady]
    assert {type(e) for e in events[5:-1]} == {Translated}
    assert isinstance(events[-1], Finished) and not events[-1].stopped


def test_an_english_article_shows_its_language_and_summary_and_says_what_is_missing(read_seed):
    result = finished(read_seed("night-trains.txt"))
    assert (result.language, result.target) == ("en", "fr")
    assert result.summary.sentences and all(s.target is None for s in result.summary.sentences)
    assert {t.status for t in result.translations} <= {Status.UNTRANSLATED, Status.COPIED}
    assert [w.kind for w in result.warnings] == ["missing-pair", "get-models"]


def test_a_bilingual_release_keeps_its_english_half(read_seed):
    result = finished(read_seed("communique-bilingue.txt"), Request(source="fr"))
    english = [t for s, t in zip(result.segments, result.translations, strict=True) if s.language == "en"]
    french = [t for s, t in zip(result.segments, result.translations, strict=True) if s.language == "fr"]
    assert len(english) > 8 and all(t.status is Status.COPIED for t in english)
    assert len(french) > 8 and sum(t.status is Status.TRANSLATED for t in french) > 8


@pytest.mark.parametrize(
    ("text", "language", "warnings"),
    [
        ("Η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα για την οικονομία.", "el", ["missing-pair"]),
        ("12 345,67 €\n\n— * —\n\n🙂", "und", []),
        ("Bonjour", "und", ["unknown-language"]),
    ],
)
def test_odd_texts_have_a_sensible_result(text, language, warnings):
    result = finished(read(text.encode(), "a.txt"))
    assert result.language == language
    assert [w.kind for w in result.warnings] == warnings
    assert all(result.translations)


def test_the_reader_can_overrule_the_language():
    result = finished(read(b"Bonjour", "a.txt"), Request(source="fr"))
    assert result.language == "fr" and result.translations[0].status is Status.TRANSLATED


def test_french_into_french_is_copied(read_seed):
    result = finished(read_seed("breve-pont-de-merlac.txt"), Request(target="fr"))
    assert {t.status for t in result.translations} == {Status.COPIED}


def test_an_unknown_model_is_refused(read_seed):
    with pytest.raises(errors.UnknownModel):
        next(digest(read_seed("breve-pont-de-merlac.txt"), Request(translator="no-such-model")))


def test_a_stopped_run_keeps_what_is_done_and_says_what_is_not(read_seed):
    article = read_seed("rapport-eau-valdoire.md")
    states = []
    for state in progress(article, Request(), lambda: any(s.done > 3 for s in states)):
        states.append(state)
    last = states[-1]
    assert last.stopped and 0 < last.done < len(last.segments)
    assert last.warnings[-1].kind == "stopped"
    assert last.warnings[-1].detail == str(len(last.segments) - last.done)


def test_a_text_of_300000_characters_is_read_whole(read_seed):
    paragraph = "Le conseil a voté. Il pleut sur la ville. Personne ne parle. "
    article = read((paragraph * 5000)[:300_000].encode(), "long.txt")
    result = finished(article)
    assert result.done == len(result.segments) > 10_000
    assert not any(t.status is Status.UNTRANSLATED for t in result.translations)


def test_summary_length_is_the_readers_choice(read_seed):
    article = read_seed("rapport-eau-valdoire.md")
    for wanted in (1, 4, 9):
        for state in progress(article, Request(target="fr", sentences=wanted)):
            summary = state.summary
        assert len(summary.sentences) == wanted
        order = [s.evidence[0] for s in summary.sentences]
        assert order == sorted(order)
