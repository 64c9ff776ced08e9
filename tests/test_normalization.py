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
        ("«\u00a0Oui\u00a0», dit-il.", '"Oui", dit-il.'),
        ("cœur", "cœur"),
        ("La SNCF et l’OTAN", "La SNCF et l'OTAN"),
    ],
)
def test_for_model(written, plain):
    assert for_model(written) == plain


def test_capitals_come_back():
    assert restored("The mayor resigns", "LE MAIRE DÉMISSIONNE", "en") == "THE MAYOR RESIGNS"
    assert restored("The mayor resigns", "Le maire démissionne", "en") == "The mayor resigns"
    assert restored("the mayor resigns", "Le maire démissionne", "en") == "The mayor resigns"
    assert restored("the mayor resigns", "le maire démissionne", "en") == "the mayor resigns"


def test_quotation_marks_hold_no_white_space():
    assert restored('" Yes ", he said of " it".', "x", "en") == '"Yes", he said of "it".'
    assert restored('5" long', "x", "en") == '5" long'


@pytest.mark.parametrize(
    ("answer", "source", "shown"),
    [
        ("It costs 3, 240 euros.", "Cela coûte 3\u202f240 euros.", "It costs 3,240 euros."),
        ("It costs 3 240 euros.", "Cela coûte 3 240 euros.", "It costs 3,240 euros."),
        ("It costs 4,12 euros.", "Cela coûte 4,12 euros.", "It costs 4.12 euros."),
        ("1 234,5 million", "1\u202f234,5 millions", "1,234.5 million"),
        ("1,234.5 million", "1\u202f234,5 millions", "1,234.5 million"),
        ("In 2024, 3.5% of 12 people", "En 2024, 3,5 % de 12 personnes", "In 2024, 3.5% of 12 people"),
        ("on 14.12 and 4,12", "le 14.12 et 4,12", "on 14.12 and 4.12"),
        ("It costs 50 euros.", "Cela coûte 3 240 euros.", "It costs 50 euros."),
    ],
)
def test_numbers_are_written_as_the_target_language_does(answer, source, shown):
    assert restored(answer, source, "en") == shown


def test_an_acronym_is_no_headline():
    assert not is_in_capitals("OTAN")
    assert not is_in_capitals("A B C D E F G H I J")


@given(st.text(max_size=100))
def test_it_is_idempotent_and_keeps_every_word(text):
    once = for_model(text)
    assert for_model(once) == once or is_in_capitals(once)
    assert "\n" not in once and once == once.strip()
