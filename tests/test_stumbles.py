"""The error rates of the evaluation, and what others' scores are printed beside it."""

import pytest

from lab.evaluation import translation
from lab.evaluation.stumbles import stumbles

SOURCE = "Hier, le ministre Dupont a promis 250 logements à Marseille avant la fin de 2019."
REFERENCE = "Yesterday minister Dupont promised 250 homes in Marseille before the end of 2019."


@pytest.mark.parametrize(
    ("output", "kinds"),
    [
        (REFERENCE, []),
        ("The minister Dupont pledged 250 flats in Marseille by late 2019.", []),
        ("Minister Dupont: Marseille 250 in 2019.", ["dropped"]),
        ("", ["dropped", "number", "name"]),
        (REFERENCE.replace("250", "205"), ["number"]),
        (REFERENCE.replace("Dupont", "Dupond"), ["name"]),
        (SOURCE, ["untranslated"]),
        (REFERENCE + " and of and of and of and of and of and of", ["loop"]),
    ],
)
def test_what_readers_would_stumble_over_is_named(output, kinds):
    assert list(stumbles(SOURCE, output, REFERENCE)) == kinds


def test_published_scores_are_found_by_set():
    rows = dict(translation.published("newstest2014"))
    assert rows["Google"] == 40.6 and rows["Firefox tiny (17 MB)"] == 37.3
    assert not list(translation.published("newstest2013"))
