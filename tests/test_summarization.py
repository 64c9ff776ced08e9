"""Extractive summaries: word for word, in order, from the body only."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.article import Kind
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization import default_length, longest, summarize

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
