"""Who, which organisations, where, how much and when: what the chips of an article say."""

import time

import pytest

from nlp import language
from nlp.digest import Request, progress
from nlp.export import export, record
from nlp.keyfacts import MOST, FactKind, key_facts
from nlp.readers import read
from nlp.segmentation import segments_of

PERSON, ORGANISATION, PLACE = FactKind.PERSON, FactKind.ORGANISATION, FactKind.PLACE
FIGURE, DATE = FactKind.FIGURE, FactKind.DATE


def facts_of(article, code=None):
    detection = language.detect_article(article)
    code = code or detection.code
    return key_facts(article, segments_of(article, language.paragraph_languages(article, code, detection)), code)


def texts(text, kind, code="fr"):
    return [fact.text for fact in facts_of(read(text.encode(), "a.txt"), code) if fact.kind is kind]


def test_the_clients_article(read_seed):
    article = read_seed("000_1d39e68d33dc8df3.txt")
    facts = facts_of(article)
    found = {kind: [fact.text for fact in facts if fact.kind is kind] for kind in FactKind}
    assert found[PERSON] == ["Donald Trump", "Sam Altman"]
    assert found[ORGANISATION] == ["OpenAI", "Maison Blanche", "Pentagone", "Sénat", "CNBC"]
    assert found[PLACE] == ["Etats-Unis", "Amérique"]
    assert found[FIGURE] == [
        "200 millions de dollars", "40 milliards de dollars", "300 milliards", "500 milliards de dollars",
    ]  # fmt: skip


def test_every_sentence_of_a_fact_names_it(read_seed):
    article = read_seed("entretien-cheffe-orchestre.txt")
    detection = language.detect_article(article)
    segments = segments_of(article, language.paragraph_languages(article, "fr", detection))
    facts = key_facts(article, segments, "fr")
    assert facts
    for fact in facts:
        assert list(fact.segments) == sorted(set(fact.segments))
        assert all(fact.text.split()[-1] in article.part(segments[i]) for i in fact.segments)


def test_a_surname_alone_is_the_person_named_in_full():
    article = read(
        "La ministre Hélène Vassort a présenté le plan. Personne ne l'attendait. Vassort a quitté la salle. "
        "« Mme Vassort exagère », dit un élu.".encode(),
        "a.txt",
    )
    (person,) = [fact for fact in facts_of(article, "fr") if fact.kind is PERSON]
    assert person.text == "Hélène Vassort" and person.segments == (0, 2, 3)


def test_a_surname_that_two_bear_is_nobodys():
    article = read(
        "Le président Jean Delorme et son frère Marc Delorme sont arrivés. Selon Delorme, tout va bien.".encode(),
        "a.txt",
    )
    people = [fact for fact in facts_of(article, "fr") if fact.kind is PERSON]
    assert [(fact.text, fact.segments) for fact in people] == [("Jean Delorme", (0,)), ("Marc Delorme", (0,))]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Elle a vu le Premier ministre. Interrogé hier, il se tait. Aujourd'hui, rien.", PERSON, []),
        ("C'est le ministre des Affaires étrangères qui parle.", PERSON, []),
        ("La ministre du Travail Muriel Kerdraon a parlé.", PERSON, ["Muriel Kerdraon"]),
        ("Le braqueur Dominique de Vallorbe court encore.", PERSON, ["Dominique de Vallorbe"]),
        ("Ils ont reçu George W. Halloway hier.", PERSON, ["George W. Halloway"]),
        ("L'association France Nature se bat. Elle est née à Merlac.", PLACE, ["Merlac"]),
        ("Le groupe d'équipements sportifs Valmorin grandit.", ORGANISATION, ["Valmorin"]),
        ("L'entreprise accuse Valmorin.", ORGANISATION, []),
        ("Selon le quotidien régional Presse du Littoral, il pleut.", ORGANISATION, []),
        ("Il a pris un TGV, puis un TER, avec son GPS.", ORGANISATION, []),
        ("Le Parisien l'affirme. Un Parisien en doute.", ORGANISATION, ["Le Parisien"]),
        ("L'Office national des forêts anciennes (ONFA) le dit. L'ONFA le répète.", ORGANISATION,
         ["Office national des forêts anciennes"]),
        ("De Lyon à Saint-Maël-sur-Mer par la Savoie.", PLACE, ["Lyon", "Saint-Maël-sur-Mer", "Savoie"]),
        ("SAINTE-ODÉLIE-DES-MONTS – La saison de la Saint-Jean commence.", PLACE, ["Sainte-Odélie-des-Monts"]),
    ],
)  # fmt: skip
def test_names(text, kind, expected):
    assert texts(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il a gagné 1\u202f234,5 millions d’euros, soit 12,5 % de plus.", ["1\u202f234,5 millions d’euros", "12,5 %"]),
        ("La création de 1 200 emplois coûte 3,5 M$ et 28 $ par jour.", ["1 200 emplois", "3,5 M$", "28 $"]),
        ("Condamné à 25 ans de prison à 47 ans, à 20 h 30, le 3 juin 2020.", ["25 ans de prison"]),
        ("Ils ont compté 3.589 nouveaux cas et 331.000 personnes.", ["3.589 nouveaux cas", "331.000 personnes"]),
        ("En 2019 puis dans le 15e arrondissement, ligne 14, Europe 1.", []),
    ],
)
def test_figures_have_a_unit(text, expected):
    assert texts(text, FIGURE) == expected


def test_english_figures_and_dates():
    text = "Founded in 2018, it lost €3.1 million on 21 October, or 18 per cent. By June 3, 2027, 312 passengers came."
    assert texts(text, FIGURE, "en") == ["€3.1 million", "18 per cent", "312 passengers"]
    assert texts(text, DATE, "en") == ["2018", "21 October", "June 3, 2027"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le dimanche 4 août, puis le 1er juillet et en mai 2013.", ["dimanche 4 août", "1er juillet", "mai 2013"]),
        ("Depuis 2011, 2000 personnes sont venues ; 1 940 en 1976.", ["2011", "1976"]),
        ("Il viendra en juin, mardi, à midi.", []),
        ("Un accord de 2000 pages et de 1500 emplois.", []),
    ],
)
def test_dates_say_a_number(text, expected):
    assert texts(text, DATE) == expected


def test_an_amount_said_twice_is_one_fact():
    (fact,) = facts_of(read("Il faut 5 %. Il pleut. Oui, 5\u00a0%.".encode(), "a.txt"), "fr")
    assert fact.text == "5 %" and fact.segments == (0, 2)


def test_most_often_named_first_and_not_too_many():
    cities = "Lyon Nantes Lille Rennes Dijon Tours Brest Metz Nancy Caen".split()
    text = " ".join(f"Il vit à {city}." for city in cities) + " Il aime Metz."
    found = texts(text, PLACE)
    assert found[0] == "Metz" and len(found) == MOST


def test_bylines_and_other_languages_have_no_facts(read_seed):
    assert "Claire Aubrun" not in [fact.text for fact in facts_of(read_seed("ALERTE-TEMPETE.txt"))]
    assert facts_of(read(b"Der Bundeskanzler Olaf Scholz ist in Berlin.", "a.txt"), "de") == ()


def test_a_bilingual_article_says_nothing_twice(read_seed):
    figures = [fact.text for fact in facts_of(read_seed("communique-bilingue.txt")) if fact.kind is FIGURE]
    assert ("35\u00a0000 personnes" in figures) != ("35,000 people" in figures)


@pytest.mark.parametrize(
    "piece", ["A", "A-", "A'", "A.", "1 ", "1.", "1,000", "Aa Aa ", "M. ", "de ", "l'A", "Aé", "– ", "(A"]
)
def test_hostile_text_costs_no_more_than_its_length(piece):
    """Ten times the text in at most some thirty times the time: a quadratic rule needs a hundred times."""

    def seconds(length):
        article = read(("Le mot. " + piece * (length // len(piece))).encode(), "a.txt")
        segments = segments_of(article, ["fr"] * len(article.paragraphs))
        start = time.process_time()
        key_facts(article, segments, "fr")
        return time.process_time() - start

    assert seconds(40_000) < 30 * max(seconds(4_000), 0.02)


def test_digest_and_documents_carry_the_facts(read_seed):
    for state in progress(read_seed("breve-pont-de-merlac.txt"), Request(target="fr")):
        last = state
    assert {"kind": "person", "text": "Hélène Vassort", "segments": [4]} in record(last)["facts"]
    assert "facts" not in record(last, summary=False)
    assert "People: Hélène Vassort\n" in export(last, "txt", "en")
    assert "- Personnes\u00a0: Hélène Vassort\n" in export(last, "md", "fr")
