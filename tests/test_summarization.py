"""Extractive summaries: word for word, in order, from the body only."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.evaluation.summarization import rouge
from lab.training.ranker import logistic_regression, oracle
from nlp.article import Kind
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization import default_length, longest, ranker, summarize
from nlp.summarization.features import FRENCH, NAMES, TITLE, features

SENTENCES = st.lists(
    st.sampled_from(
        [
            "Il pleut.",
            "Le maire de la ville a démissionné hier soir.",
            "Elle reste.",
            "MOTS",
            "« Oui. »",
            "12 %",
            "Mais la ministre ne veut rien savoir du projet de loi.",
        ]
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None)
@given(SENTENCES, st.integers(1, 12))
def test_a_summary_is_made_of_whole_sentences_of_the_body(sentences, wanted):
    article = read("\n\n".join(sentences).encode(), "a.txt")
    segments = segments_of(article, ["fr"] * len(article.paragraphs))
    summary = summarize(article, segments, "fr", wanted)
    assert len(summary.sentences) <= wanted
    for sentence in summary.sentences:
        (evidence,) = sentence.evidence
        assert article.part(segments[evidence]) == sentence.source
        assert segments[evidence].kind in (Kind.BODY, Kind.QUOTE)
    ids = [s.evidence[0] for s in summary.sentences]
    assert ids == sorted(set(ids))


def test_a_pronoun_is_not_left_without_its_antecedent(read_seed):
    for name in ("000_1d39e68d33dc8df3.txt", "rapport-eau-valdoire.md", "quebec-dépanneur.txt"):
        article = read_seed(name)
        segments = segments_of(article, ["fr"] * len(article.paragraphs))
        for wanted in range(1, 8):
            chosen = {s.evidence[0] for s in summarize(article, segments, "fr", wanted).sentences}
            for i in chosen:
                if article.part(segments[i]).startswith(("Elle ", "Il ", "Ils ", "Elles ", "Ce ", "Cette ")):
                    same_paragraph = segments[i - 1].paragraph == segments[i].paragraph
                    assert i - 1 in chosen or not same_paragraph, article.part(segments[i])


def test_length_follows_the_article(read_seed):
    def lengths(name):
        article = read_seed(name)
        segments = segments_of(article, ["fr"] * len(article.paragraphs))
        return default_length(segments), longest(segments)

    brief, report = lengths("breve-pont-de-merlac.txt"), lengths("rapport-eau-valdoire.md")
    assert brief[0] <= 2 < report[0] < report[1]
    assert lengths("000_1d39e68d33dc8df3.txt")[0] == 3


def test_code_and_headings_alone_give_no_summary():
    article = read(b"# Titre\n\n```\nx = 1\n```\n", "a.md")
    segments = segments_of(article, ["fr"] * len(article.paragraphs))
    assert summarize(article, segments, "fr").sentences == ()


def summary_of(article, language="fr", sentences=None):
    segments = segments_of(article, [language] * len(article.paragraphs))
    return segments, summarize(article, segments, language, sentences)


def test_the_news_of_the_clients_article_is_in_its_summary(read_seed):
    _, summary = summary_of(read_seed("000_1d39e68d33dc8df3.txt"))
    told = " ".join(s.source for s in summary.sentences)
    assert "pour un dollar symbolique" in told and "200 millions de dollars avec le Pentagone" in told
    assert not any(noise in told for noise in ("Shutterstock", "Agence France-Presse", "L'exceptionnalisme"))


def test_a_report_is_not_summed_up_by_its_introduction(read_seed):
    article = read_seed("rapport-eau-valdoire.md")
    segments, summary = summary_of(article)
    headings = [s.id for s in segments if s.kind is Kind.HEADING]
    sections = {sum(h < s.evidence[0] for h in headings) for s in summary.sentences}
    assert len(sections) >= 3


@pytest.mark.parametrize("language", ["en", "fr", "und"])
def test_every_language_has_a_summary_and_always_the_same(read_seed, language):
    article = read_seed("night-trains.txt")
    segments, summary = summary_of(article, language)
    assert len(summary.sentences) == default_length(segments)
    assert summary == summary_of(article, language)[1]


def test_nothing_that_knows_french_judges_other_languages():
    table = features(["Il a annoncé lundi son départ.", "The train leaves on Monday."], "en", None, None)
    assert not table[:, [NAMES.index(n) for n in (*FRENCH, *TITLE)]].any()
    for name, weights in ranker.load().weights.items():
        if name.startswith("neutral"):
            assert not {*FRENCH, ranker.WORDING} & set(weights)


def test_a_headline_counts_and_may_be_missing():
    sentences = [
        "Il fait beau à Paris ce matin.",
        "Le pont de Merlac fermera lundi.",
        "Les cafés sont pleins de monde.",
    ]
    judge = ranker.load()
    without = judge.probabilities(sentences, "fr", None)
    titled = judge.probabilities(sentences, "fr", "Le pont de Merlac va fermer")
    assert ((without > 0) & (without < 1)).all()
    assert titled[1] / titled[2] > without[1] / without[2]


def test_the_ranker_is_small_and_knows_its_features():
    assert sum(file.stat().st_size for file in ranker.FOLDER.iterdir()) < 1_000_000
    for weights in ranker.load().weights.values():
        assert set(weights) <= {*NAMES, ranker.WORDING, "bias"}
        assert np.isfinite(list(weights.values())).all()


def test_rouge_counts_french_words():
    assert rouge("L’été arrive.", "l'été arrive") == (1, 1, 1)
    one, two, longest_common = rouge("le chat dort", "le chien dort mal")
    assert one == longest_common == pytest.approx(4 / 7) and two == 0
    assert rouge("", "rien") == (0, 0, 0)


def test_training_prefers_what_the_journalist_wrote():
    sentences = ["Il faisait beau.", "Le pont de Merlac ferme lundi.", "La mairie promet un bac gratuit."]
    assert oracle(sentences, "Le pont de Merlac ferme ; un bac gratuit est promis.") == {1, 2}
    table = np.array([[0.0, 1], [1, 5], [0, 2], [1, 4], [0, 4], [1, 1]])
    weights = logistic_regression(table, ["telling", "idle"], table[:, 0])
    assert weights["telling"] > 10 * abs(weights["idle"])
