"""Sentences of French news: nothing lost, boundaries where a reader puts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.evaluation.segmentation import found, marked, scores, treebank
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
        "Le maire a répondu sur X.|Il dément.",
        "La carence en vitamine C.|Mais aussi la fatigue.",
        "Le livre de J. Le Goff coûtait 30 F.|Les libraires l’ont soldé.",
        "La séance a été levée... 40 minutes après.|Tous sont partis.",
    ],
)
def test_boundaries(marked):
    expected = marked.split("|")
    text = " ".join(expected)
    assert [text[a:b].strip() for a, b in sentence_spans(text)] == expected


def test_a_space_that_was_lost_between_two_paragraphs_is_no_reason_to_miss_the_end():
    text = (
        "Le ministre est parti.Le maire reste. • Trois écoles ferment. Écrire à redaction@merlac.fr ou sur Merlac.Com."
    )
    assert [text[a:b].strip() for a, b in sentence_spans(text)][:3] == [
        "Le ministre est parti.",
        "Le maire reste.",
        "• Trois écoles ferment.",
    ]
    assert len(sentence_spans(text)) == 4


def test_boundaries_are_scored(tmp_path):
    (quoted,) = marked("« Je pars.¦ Vous restez. »|Il est parti.")
    assert quoted.text == "« Je pars. Vous restez. » Il est parti."
    assert found(quoted.text) == quoted.required and scores([quoted]) == (1, 1, 1)
    heading, body = marked("Le pont|\\nIl ferme.|Elle ouvre. demain.|Fin.")
    assert not heading.required and scores([heading, body]) == pytest.approx((1, 1, 1))
    (missed,) = marked("Il dort.|elle veille.|Fin.")
    assert scores([missed]) == pytest.approx((1, 1 / 2, 2 / 3))
    rows = [("b.2", "Elle ouvre."), ("b.1", "Le pont"), ("b.3", "Il ferme."), ("c.1", "Autre chose.")]
    file = tmp_path / "bank.jsonl"
    file.write_text("\n".join(f'{{"id": "{i}", "text": "{t}"}}' for i, t in rows), "utf-8")
    assert [case.text for case in treebank(file, "b.")] == ["Le pont", "Elle ouvre. Il ferme."]


def test_an_endless_quotation_is_still_cut():
    text = "« " + "Une phrase assez courte. " * 40 + "»"
    assert len(sentence_spans(text)) > 10
