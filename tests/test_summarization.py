"""Extractive summaries: word for word, in order, from the body only."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.evaluation import baselines
from lab.evaluation.summarization import Example, novelty, opened, rouge
from lab.training.ranker import rewards, train
from nlp.article import Kind
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization import default_length, longest, ranker, summarize
from nlp.summarization.cohesion import leans
from nlp.summarization.features import FRENCH, NAMES, TITLE, analysed, features, words

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


@pytest.mark.parametrize(
    "sentence",
    [
        "Elle précise que l’accord court sur un an.",
        "Mais le maire n’en veut pas.",
        "Cette décision a surpris tout le monde.",
        "Selon ce dernier, rien n’était prévu.",
        "Dans un communiqué, il annonce son départ.",
        "« Nous n’avons rien vu venir », a-t-elle ajouté.",
        "« Nous n’avons rien vu venir. »",
        "« Le pont tiendra, a promis le maire de Merlac.",
        "Une décision qui a surpris les habitants.",
        "Le suspect, âgé de 30 ans, a été arrêté.",
        "L’autre pont reste fermé.",
        "This is why the bridge stays closed.",
        "In a statement, they blamed the weather.",
        "“We saw nothing”, she said.",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_known(sentence):
    assert leans(sentence) and leans(sentence.replace("’", "'"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Le maire de Merlac a démissionné lundi.",
        "Ce lundi, le pont de Merlac ferme pour deux mois.",
        "Cette année, la récolte a doublé.",
        "Il y a dix ans, la ville comptait 300 commerces.",
        "« Nous n’avons rien vu venir », a reconnu Anne Roux, la directrice.",
        "Dans un communiqué, la préfecture annonce la fermeture du pont.",
        "Si le maire part, il laissera la place à son adjointe.",
        "Une femme qui traversait le pont a été blessée.",
        "Le texte de loi sera voté mardi.",
        "This week the bridge closes for two months.",
        "In a statement, the council blamed the weather.",
    ],
)
def test_a_sentence_that_stands_alone_is_left_alone(sentence):
    assert not leans(sentence) and not leans(sentence.replace("’", "'"))


def test_nothing_that_knows_french_judges_other_languages():
    sentences = analysed(["Il a annoncé lundi son départ.", "The train leaves on Monday."], "en", None)
    assert not features(sentences, "en", None)[:, [NAMES.index(n) for n in (*FRENCH, *TITLE)]].any()
    for name, weights in ranker.load().weights.items():
        if name.startswith("neutral"):
            assert not set(FRENCH) & set(weights)


def test_a_headline_counts_and_may_be_missing():
    judge = ranker.load()
    sentences = judge.analysed(
        [
            "Il fait beau à Paris ce matin.",
            "Le pont de Merlac fermera lundi.",
            "Les cafés sont pleins de monde.",
        ],
        "fr",
    )
    without = judge.worths(sentences, "fr", None)
    titled = judge.worths(sentences, "fr", "Le pont de Merlac va fermer")
    assert np.isfinite(without).all()
    assert titled[1] - titled[2] > without[1] - without[2]


def test_the_ranker_is_small_and_knows_its_features():
    assert sum(file.stat().st_size for file in ranker.FOLDER.iterdir()) < 1_000_000
    for weights in ranker.load().weights.values():
        assert set(weights) <= set(NAMES)
        assert np.isfinite(list(weights.values())).all()


def test_rouge_counts_french_words():
    assert rouge("L’été arrive.", "l'été arrive") == (1, 1, 1)
    one, two, longest_common = rouge("le chat dort", "le chien dort mal")
    assert one == longest_common == pytest.approx(4 / 7) and two == 0
    assert rouge("", "rien") == (0, 0, 0)


STORY = (
    "Il faisait beau dans la vallée ce matin. Le pont de Merlac ferme lundi pour de longs travaux. Un marché s’y tient"
    " depuis trente ans. La mairie promet un bac gratuit aux habitants. Les enfants jouaient au bord de la rivière."
)


def test_a_pair_of_sentences_is_rewarded_by_rouge():
    article, segments = opened(STORY)
    sentences = [article.part(s) for s in segments]
    summary = "Le pont de Merlac ferme ; un bac gratuit est promis."
    found = rewards([words(s) for s in sentences], words(summary))
    best = np.unravel_index(np.triu(found, 1).argmax(), found.shape)
    assert best == (1, 3) and found[1, 3] == found[3, 1]
    assert found[1, 3] == pytest.approx(100 * np.mean(rouge(f"{sentences[1]} {sentences[3]}", summary)), abs=1)


def test_training_learns_what_the_journalist_takes_and_always_the_same():
    data = [Example(STORY, "Merlac", "Le pont de Merlac ferme lundi. La mairie promet un bac gratuit.")] * 64
    weights, tables = train(data)
    again = train(data)
    assert weights == again[0] and all((tables[name] == again[1][name]).all() for name in tables)
    judge = ranker.Ranker(weights, *(tables[name].astype(np.float32) for name in ("idf", "wording")))
    article, segments = opened(STORY)
    sentences = judge.analysed([article.part(s) for s in segments], "fr")
    assert set(np.argsort(judge.worths(sentences, "fr", None))[-2:]) == {1, 3}


def test_the_summarizers_to_compare_with_take_what_they_promise():
    article, segments = opened(STORY + " Le pont de Merlac ferme donc pour des travaux.")
    assert baselines.lead(article, segments, 2) == [0, 1]
    for system in (baselines.centroid, baselines.lexrank, baselines.textrank):
        assert 1 in system(article, segments, 2) and len(system(article, segments, 9)) == len(segments)


def test_only_what_the_article_does_not_say_is_new():
    assert novelty(["Le pont ferme lundi."], "Demain le pont ferme lundi ou mardi.") == 0
    assert novelty(["Le pont ferme mardi."], "Demain le pont ferme lundi ou mardi.") == pytest.approx(1 / 3)
