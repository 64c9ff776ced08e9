"""Every sentence of a summary points to what it rests on, and inventions are marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization.evidence import Passages, running_text
from nlp.summarization.verification import LEAST_COVERAGE, examined

ARTICLE = """Le pont de Merlac a rouvert

Par Luc Tiret

Le pont de Merlac a rouvert lundi 3 juin après trois ans de travaux. La maire Jeanne Aubrac a inauguré l’ouvrage \
devant 400 habitants. « Nous retrouvons notre ville », s’est-elle réjouie.

Le chantier a coûté 12,5 millions d’euros au département. L’Organisation mondiale du tourisme salue le projet. Les \
commerçants de la rive droite, eux, avaient perdu 40 % de leurs clients.

(Photo : Agence du Val)
"""


def passages_of(text, language="fr"):
    article = read(text.encode(), "a.txt")
    segments = segments_of(article, [language] * len(article.paragraphs))
    return article, segments, Passages(article, running_text(article, segments, language), language)


def kinds(sentence, text=ARTICLE, language="fr"):
    _, flags = examined(sentence, passages_of(text, language)[2])
    return {flag.kind.removeprefix("unsupported-"): flag.detail for flag in flags}


def test_titles_bylines_and_credits_are_no_evidence():
    _, _, passages = passages_of(ARTICLE)
    assert len(passages.texts) == 6
    assert not any("Tiret" in text or "Photo" in text for text in passages.texts)


def test_a_sentence_of_the_article_is_its_own_evidence():
    _, _, passages = passages_of(ARTICLE)
    for segment, text in zip(passages.segments, passages.texts, strict=True):
        support, flags = examined(text, passages)
        assert (support.segments, support.coverage, flags) == ((segment.id,), 1.0, ())


def test_a_sentence_woven_from_two_points_to_both():
    article, segments, passages = passages_of(ARTICLE)
    sentence = "Rouvert lundi, le pont de Merlac a coûté 12,5 millions d’euros au département."
    support, flags = examined(sentence, passages)
    assert [article.part(segments[i])[:8] for i in support.segments] == ["Le pont ", "Le chant"]
    assert support.coverage == 1 and not flags


@pytest.mark.parametrize(
    "sentence",
    [
        "Le pont de Merlac a rouvert le 3 juin après 3 ans de travaux.",
        "Jeanne Aubrac a inauguré l'ouvrage devant quatre cents habitants : « Nous retrouvons notre ville ».",
        "Les commerçants avaient perdu 40% de leurs clients.",
        "Le chantier a coûté 12 500 000 euros au département.",
        "L’OMT salue le projet qui a coûté 12,5 millions d’euros.",
    ],
)
def test_faithful_rewording_is_not_marked(sentence):
    assert not kinds(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind", "detail"),
    [
        ("Le pont de Merlac a rouvert après huit ans de travaux.", "number", "huit"),
        ("Le chantier a coûté 14 millions d’euros au département.", "number", "14"),
        ("Les commerçants avaient perdu 400 clients de la rive droite.", "number", "400"),
        ("Le pont de Merlac a rouvert mardi après trois ans de travaux.", "date", "mardi"),
        ("Le pont de Merlac a rouvert le 4 juin après trois ans de travaux.", "date", "4 juin"),
        ("La maire Hélène Aubrac a inauguré l’ouvrage devant 400 habitants.", "name", "Hélène"),
        ("Jeanne Durand a inauguré l’ouvrage devant 400 habitants.", "name", "Durand"),
        ("La maire s’est réjouie : « Nous aimons notre ville ».", "quote", "Nous aimons notre ville"),
        ("Le chantier n’a pas coûté 12,5 millions d’euros au département.", "negation", "n’a pas"),
    ],
)
def test_inventions_are_marked_with_what_to_check(sentence, kind, detail):
    found = kinds(sentence)
    assert kind in found and detail in found[kind].split("; ")


def test_english_names_days_and_figures():
    text = "The bridge in Harlow reopened on Monday. It cost two million pounds, said Dr Anna Prentiss."
    assert not kinds("Harlow's bridge reopened on Monday.", text, "en")
    assert kinds("The bridge in Harlow reopened on Friday.", text, "en") == {"name": "Friday"}
    assert kinds("The bridge cost three million pounds, said Anna Prentiss.", text, "en") == {"number": "three"}
    assert kinds("It did not cost two million pounds, said Dr Anna Prentiss.", text, "en").keys() == {"negation"}


@pytest.mark.parametrize("sentence", ["Une chanteuse japonaise divorce à Hollywood.", "…", ""])
def test_what_the_article_does_not_say_has_no_support(sentence):
    support, _ = examined(sentence, passages_of(ARTICLE)[2])
    assert support.coverage < LEAST_COVERAGE


@given(st.text(alphabet="aA 1.,«»\"'’-()…é№\n", max_size=200))
def test_any_text_can_be_examined(sentence):
    support, _ = examined(sentence, passages_of(ARTICLE)[2])
    assert 0 <= support.coverage <= 1


def test_an_article_without_running_text_supports_nothing():
    article, _, _ = passages_of(ARTICLE)
    support, _ = examined("Le pont de Merlac a rouvert.", Passages(article, (), "fr"))
    assert support.segments == () and support.coverage == 0
