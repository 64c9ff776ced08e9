"""Segments in, as many out, whatever the engine does."""

import random
from itertools import accumulate, chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.article import Article, Kind, Paragraph, Segment
from nlp.errors import Cancelled
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.translation import Status, Translator, copied
from nlp.translation_model import TranslationModel


def article_of(*sentences, language="fr", kind=Kind.BODY):
    text = "\n\n".join(sentences)
    paragraphs, segments, position = [], [], 0
    for i, sentence in enumerate(sentences):
        paragraphs.append(Paragraph(position, position + len(sentence), kind))
        segments.append(Segment(i, i, position, position + len(sentence), kind, language))
        position += len(sentence) + 2
    return Article("a.txt", text, tuple(paragraphs), "a"), tuple(segments)


def translated(translator, article, segments):
    batches = list(translator.translate(article, segments))
    return {t.segment: t for batch in batches for t in batch}, batches


class Unreliable:
    """An engine that answers with nothing, with loops, or with any tokens at all."""

    def __init__(self, seed, vocabulary):
        self._random = random.Random(seed)
        self._vocabulary = vocabulary

    def generate(self, batch, *, beam, no_repeat_ngram=0):
        def answer():
            match self._random.randrange(3):
                case 0:
                    return ()
                case 1:
                    return (self._random.randrange(self._vocabulary),) * 40
            return tuple(self._random.randrange(self._vocabulary) for _ in range(self._random.randrange(1, 30)))

        return [answer() for _ in batch]

    def alternatives(self, batch, *, beam):
        return [self.generate([source] * beam, beam=beam) for source in batch]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip), max_size=60
    ),
    st.integers(),
)
def test_every_segment_gets_exactly_one_place(french_to_english, sentences, seed):
    tokenizer = french_to_english.models[0].tokenizer
    engine = Unreliable(seed, tokenizer.size)
    translator = Translator((TranslationModel("unreliable", "fr", "en", tokenizer, engine, trained_length=12),))
    article, segments = article_of(*sentences)
    _, batches = translated(translator, article, segments)
    assert sorted(t.segment for batch in batches for t in batch) == list(range(len(sentences)))
    for batch in batches:
        for t in batch:
            assert (t.text is None) == (t.status is Status.UNTRANSLATED)
            assert t.text is not None or t.flags


def test_real_sentences_are_translated(french_to_english):
    article, segments = article_of("Le président a annoncé une réforme.", "Elle coûtera 40 millions d'euros.")
    found, _ = translated(french_to_english, article, segments)
    assert "president" in found[0].text.lower() and "reform" in found[0].text.lower()
    assert "40 million" in found[1].text
    assert {t.status for t in found.values()} == {Status.TRANSLATED}


def test_a_sentence_longer_than_the_model_knows_is_translated_in_pieces_that_rejoin(french_to_english):
    clauses = [f"le maire a visité {n} villes" for n in range(21, 60)]
    article, segments = article_of("Pendant l'année, " + " ; ".join(clauses) + ".")
    found, _ = translated(french_to_english, article, segments)
    assert len(found) == 1
    assert any(flag.kind == "split" for flag in found[0].flags)
    kept = [n for n in range(21, 60) if str(n) in found[0].text]
    assert len(kept) >= 30 and min(kept) <= 23 and max(kept) >= 57


def test_capitals_are_kept(french_to_english):
    article, segments = article_of("LE PRÉSIDENT A DÉMISSIONNÉ MARDI")
    found, _ = translated(french_to_english, article, segments)
    assert found[0].text.isupper() and "PRESIDENT" in found[0].text


def test_the_opening_comes_first_and_the_rest_in_document_order(french_to_english):
    article, segments = article_of(*[f"Phrase numéro {i}." for i in range(120)])
    _, batches = translated(french_to_english, article, segments)
    order = [t.segment for batch in batches for t in batch]
    assert order == sorted(order)
    assert len(batches[0]) <= 5


@pytest.mark.parametrize(
    ("text", "language", "kind", "reason"),
    [
        ("— 12,5 % —", "fr", Kind.BODY, "no-letters"),
        ("Already in English.", "en", Kind.BODY, "same-language"),
        ("Η κυβέρνηση", "fr", Kind.BODY, "other-script"),
        ("AFP Agence France-Presse", "fr", Kind.BYLINE, "names-only"),
        ("date 2025-08", "fr", Kind.DATELINE, "names-only"),
    ],
)
def test_what_needs_no_translation_is_copied_and_says_why(text, language, kind, reason):
    article, segments = article_of(text, language=language, kind=kind)
    (copy,) = copied(article, segments, "fr", "en")
    assert (copy.text, copy.status, copy.flags[0].kind) == (text, Status.COPIED, reason)


def test_a_paragraph_in_a_third_language_is_left_and_says_so(french_to_english):
    article, segments = article_of("El presidente dimitió ayer.", language="es")
    found, _ = translated(french_to_english, article, segments)
    assert found[0].status is Status.UNTRANSLATED
    assert str(found[0].flags[0]) == "no-translator: es → en"


def test_work_stops_between_batches_when_asked(french_to_english):
    article, segments = article_of(*[f"Phrase à ne pas finir numéro {i}." for i in range(200)])
    done = []
    with pytest.raises(Cancelled):
        for batch in french_to_english.translate(article, segments, lambda: len(done) >= 2):
            done.append(batch)
    assert len(done) == 2


def test_pieces_of_a_text_without_spaces_are_still_translated(french_to_english):
    article = read(("a" * 5000).encode(), "a.txt")
    segments = segments_of(article, ["fr"])
    found, _ = translated(french_to_english, article, segments)
    assert len(found) == 1


class Phrasebook:
    """A tokenizer and an engine that know a few sentences by heart, and say nothing to any other.

    A sentence may have several answers, the best first.
    """

    def __init__(self, phrases):
        self.known = list(phrases)
        options = [[answer] if isinstance(answer, str) else answer for answer in phrases.values()]
        self.answers = list(chain.from_iterable(options))
        starts = accumulate(map(len, options), initial=0)
        self.options = [range(start, start + len(own)) for start, own in zip(starts, options, strict=False)]

    def encode(self, text):
        return [self.known.index(text) if text in self.known else len(self.known)]

    def decode(self, ids):
        return self.answers[ids[0]] if ids else ""

    def generate(self, batch, *, beam, no_repeat_ngram=0, longest=None):
        return [options[0] for options in self.alternatives(batch, beam=beam)]

    def alternatives(self, batch, *, beam):
        return [[(option,) for option in self.options[i]][:beam] if i < len(self.known) else [()] for (i,) in batch]


def through_french(french_to_english, phrases):
    """German to English by way of French."""
    book = Phrasebook(phrases)
    first = TranslationModel("phrasebook", "de", "fr", book, book, trained_length=100)
    return Translator((first, *french_to_english.models))


def test_a_sentence_goes_through_two_models_and_only_its_ends_are_compared(french_to_english):
    phrases = {
        "Der Präsident hat eine Reform angekündigt.": "Le président a annoncé une réforme.",
        "Die Brücke kostet 40 Millionen Euro.": "Le pont coûte une somme énorme.",
        "DER PRÄSIDENT TRITT ZURÜCK".capitalize(): "Le président démissionne",
    }
    article, segments = article_of(*list(phrases)[:2], "DER PRÄSIDENT TRITT ZURÜCK", language="de")
    translator = through_french(french_to_english, phrases)
    assert (translator.id, translator.source, translator.target) == ("phrasebook + entrefilet-fr-en", "de", "en")
    found, _ = translated(translator, article, segments)
    assert "president" in found[0].text.lower() and "reform" in found[0].text.lower() and not found[0].flags
    assert [str(flag) for flag in found[1].flags if flag.kind == "number"] == ["number: 40"]
    assert found[2].text.isupper() and "PRESIDENT" in found[2].text


@pytest.mark.parametrize(
    ("source", "answers", "taken", "status", "flags"),
    [
        (
            "Ce télescope a un diamètre de 305 mètres.",
            ["It is 30 metres wide.", "It is large.", "It is 305 metres wide."],
            "It is 305 metres wide.",
            Status.RETRIED,
            [],
        ),
        (
            "Un contrat signé à Lyon avec le Pentagone en 2019.",
            ["A contract signed with the Senate.", "", "A contract signed in Lyon in 2019 with them."],
            "A contract signed in Lyon in 2019 with them.",
            Status.RETRIED,
            ["name: Pentagone"],
        ),
        (
            "Un contrat signé avec le Pentagone.",
            ["A contract signed with the Senate.", "A contract."],
            "A contract signed with the Senate.",
            Status.TRANSLATED,
            ["name: Pentagone"],
        ),
        ("Il a 40 ans.", ["He is 40 years old.", "He is forty."], "He is 40 years old.", Status.TRANSLATED, []),
    ],
)
def test_what_the_best_translation_has_lost_is_looked_for_in_others(source, answers, taken, status, flags):
    book = Phrasebook({source: answers})
    translator = Translator((TranslationModel("phrasebook", "fr", "en", book, book, trained_length=100),))
    found, _ = translated(translator, *article_of(source))
    assert (found[0].text, found[0].status, [str(flag) for flag in found[0].flags]) == (taken, status, flags)


def test_what_fails_at_one_of_two_models_stays_untranslated_and_costs_the_others_nothing(french_to_english):
    known = "Der Präsident hat eine Reform angekündigt."
    article, segments = article_of("Niemand versteht das.", known, known, language="de")
    translator = through_french(french_to_english, {known: "Le président a annoncé une réforme."})
    found, _ = translated(translator, article, segments)
    assert (found[0].status, str(found[0].flags[0])) == (Status.UNTRANSLATED, "empty")
    assert found[1].status is Status.TRANSLATED and found[1].text == found[2].text


def test_loose_sentences_are_translated_one_for_one(french_to_english):
    sentences = ["Le maire a démissionné.", "Il pleut.", "Le maire a démissionné."]
    found = french_to_english.translate_sentences(sentences)
    assert len(found) == 3 and all(found) and found[0] == found[2] != found[1]
    with pytest.raises(Cancelled):
        french_to_english.translate_sentences(["Une phrase encore jamais traduite."], lambda: True)
