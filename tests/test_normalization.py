"""The spelling that models see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalization import for_model, is_in_capitals, restored


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Il coûte 100\u202f000\u00a0€\u202f!", "Il coûte 100 000 € !"),
        ("L’été “indien”…", 'L\'été "indien"...'),
        ("une ligne\ncoupée", "une ligne coupée"),
        ("co\u00adop\u200bé\ufeffra", "coopéra"),
        ("un ﬁlm oﬀert", "un film offert"),
        ("e\u0301te\u0301", "été"),
        ("LE MAIRE DÉMISSIONNE", "Le maire démissionne"),
        ("«\u00a0Oui\u00a0»", "« Oui »"),
        ("cœur", "cœur"),
        ("La SNCF et l’OTAN", "La SNCF et l'OTAN"),
    ],
)
def test_for_model(written, plain):
    assert for_model(written) == plain


def test_capitals_come_back():
    assert restored("The mayor resigns", "LE MAIRE DÉMISSIONNE") == "THE MAYOR RESIGNS"
    assert restored("The mayor resigns", "Le maire démissionne") == "The mayor resigns"


def test_an_acronym_is_no_headline():
    assert not is_in_capitals("OTAN")
    assert not is_in_capitals("A B C D E F G H I J")


@given(st.text(max_size=100))
def test_it_is_idempotent_and_keeps_every_word(text):
    once = for_model(text)
    assert for_model(once) == once or is_in_capitals(once)
    assert "\n" not in once and once == once.strip()
