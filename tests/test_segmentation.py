"""Sentences of French news: nothing lost, boundaries where a reader puts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.readers import read
from nlp.segmentation import clause_spans, segments_of, sentence_spans

NEWS_TEXT = st.text(
    st.one_of(
        st.sampled_from(list("aéM.!?…«»“”\"'’() \n\u00a0\u202f-–:;,1")),
        st.characters(codec="utf-8", exclude_categories=["Cc"]),
    ),
    max_size=200,
)


@given(NEWS_TEXT)
def test_sentences_join_to_the_text(text):
    spans = sentence_spans(text)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(a < b for a, b in spans)


@given(NEWS_TEXT, st.integers(1, 30))
def test_clauses_join_to_the_sentence_and_fit(text, longest):
    spans = clause_spans(text, lambda piece: len(piece) <= longest)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(b - a <= longest for a, b in spans)


@given(NEWS_TEXT.filter(str.strip))
def test_nothing_but_white_space_lies_between_the_segments_of_an_article(text):
    article = read(text.encode(), "a.txt", encoding="utf-8")
    segments = segments_of(article, ["fr"] * len(article.paragraphs))
    assert [s.id for s in segments] == list(range(len(segments)))
    position = 0
    for segment in segments:
        assert not article.text[position : segment.start].strip()
        assert article.part(segment) == article.part(segment).strip() != ""
        position = segment.end
    assert not article.text[position:].strip()


@pytest.mark.parametrize(
    "marked",
    [
        "M. Dupont a rencontré Mme Martin à Lyon.|Ils ont parlé.",
        "La réunion est fixée à 20 h 30.|Elle durera deux heures.",
        "J.-C. Juncker et F. Hollande ont signé.|G. W. Bush était absent.",
        "« C’est une honte ! » s’est exclamé le maire.|Il a quitté la salle.",
        "« Je pars. Vous restez. »|Mme Martin est arrivée.",
        "«Je pense que c'est bien», a-t-il dit.|«Ce n'est pas tout».|Il est parti.",
        "Il avait promis… mais il n’est pas revenu.|Sa mère l’attend.",
        "Le CAC 40 a perdu 2,3 %.|Le vol coûte 1 200 $ aller-retour.",
        "Le site Amazon.fr est en panne.|Il habite rue St. Honoré.",
        "L’art. 3, al. 2 de la loi s’applique.|Voir p. 45 du rapport.",
        "PARIS (AFP) – Le président a parlé.|Personne n’a répondu.",
        "Les États-Unis (U.S.A.) ont répondu.|La Chine aussi.",
        "Il a vendu livres, disques, etc.|Puis il est parti.",
        "The U.S. economy grew.|Mr. Smith was pleased.",
    ],
)
def test_boundaries(marked):
    expected = marked.split("|")
    text = " ".join(expected)
    assert [text[a:b].strip() for a, b in sentence_spans(text)] == expected


def test_an_endless_quotation_is_still_cut():
    text = "« " + "Une phrase assez courte. " * 40 + "»"
    assert len(sentence_spans(text)) > 10
