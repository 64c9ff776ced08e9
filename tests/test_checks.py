"""Signs that a translation lost or invented something."""

import pytest

from nlp.checks import failure, translation_flags


def kinds(source, target):
    return [str(flag) for flag in translation_flags(source, target, "fr", "en")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Elle a levé 40 milliards de dollars en mars.", "It raised 40 billion dollars in March."),
        ("Il gagne 2 500,50 euros.", "He earns 2,500.50 euros."),
        ("Un déficit de 1\u202f200\u202f000 euros.", "A deficit of 1,200,000 euros."),
        ("Le 1er janvier, 3 personnes sont mortes.", "On January 1, three people died."),
        ("Rendez-vous à 20 h 30.", "Meet at 8:30 p.m."),
        ("Rendez-vous à 20H30.", "Meet at 20:30."),
        ("Au XXIe siècle, tout change.", "In the 21st century, everything changes."),
        ("Une centaine de personnes.", "About 100 people."),
        ("Il a 2,5 milliards d’euros.", "He has 2,500 million euros."),
        ("Selon Emmanuel Macron, tout va bien.", "According to Emmanuel Macron, all is well."),
        ("Le retour à la Maison Blanche est acquis.", "The return to the White House is certain."),
        ("Il a débuté dans les années 90.", "He started out in the 1990s."),
        ("Il a débuté dans les années 90.", "He started out in the 90s."),
        ("Il y a 30 ans, tout changeait.", "Thirty years ago, everything was changing."),
        ("Le ministre Sergueï Riabkov est à Pékin.", "Minister Sergei Ryabkov is in Beijing."),
        ("Il accuse M. Guéant d’avoir menti.", "He accuses Guéant of lying."),
        ("Le départ de la Nouvelle-Calédonie est acquis.", "The departure from New Caledonia is certain."),
        ("Le discours de Christophe Colomb en Espagne.", "The speech of Christopher Columbus in Spain."),
    ],
)
def test_a_good_translation_raises_no_flag(source, target):
    assert kinds(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "flag"),
    [
        ("Une valorisation de 500 milliards.", "A valuation of 50 billion.", "number: 500"),
        ("Il a obtenu 3,5 % des voix.", "He got 35% of the votes.", "number: 3,5"),
        ("Il y a eu des morts dans cette ville.", "There were 12 dead in this town.", "number-added: 12"),
        ("Hier soir, Sam Altman est parti.", "He left last night.", "name: Sam Altman"),
        ("Un contrat signé avec le Pentagone.", "A contract signed with the Senate.", "name: Pentagone"),
        ("Le ministre Nicolas Sarkozy a parlé.", "Minister Nicolas Sawyer spoke.", "name: Sarkozy"),
        ("Selon Mme Adelkhah, rien ne change.", "According to Ms Adelson, nothing changes.", "name: Adelkhah"),
        ("L’avocat de Montréal, puis de Paris.", "The lawyer from Montreal.", "name: Paris"),
        ("Nous étions dans les années 90.", "We were in the 1980s.", "number: 90"),
        ("Le maire de la ville a annoncé hier soir sa démission.", "The mayor.", "short"),
        ("Le maire a annoncé sa démission hier.", "x" * 120, "long"),
        (
            "Nous voulons toujours rester dans cette belle maison ancienne.",
            "We voulons toujours rester dans cette belle maison ancienne.",
            "source-language",
        ),
    ],
)
def test_what_a_reader_must_check_is_flagged(source, target, flag):
    assert flag in kinds(source, target)


@pytest.mark.parametrize(
    ("source", "answer", "reason"),
    [
        ("Bonjour", "", "empty"),
        ("Bonjour", " … ", "empty"),
        ("Non.", "No, no, no, no, no, no", "loop"),
        ("Accueil", "the the the the the", "loop"),
        ("Accueil", "I am sorry, I am sorry, I am sorry, I am sorry,", "loop"),
        ("Accueil", "aaaaaaaaaaaaaaaaaa", "loop"),
        ("Il a dit non, non, non, non.", "He said no, no, no, no.", None),
        ("Bonjour", "Hello", None),
    ],
)
def test_answers_that_cannot_be_shown(source, answer, reason):
    assert failure(source, answer) == reason
