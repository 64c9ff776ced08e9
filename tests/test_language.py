"""Languages of texts and of their parts."""

import threading

import pytest

from nlp import language
from nlp.readers import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le premier ministre a présenté sa démission mardi.", "fr"),
        ("LE PREMIER MINISTRE ANNONCE DES MESURES", "fr"),
        ("GRÈVE DANS LES TRANSPORTS", "fr"),
        ("The prime minister resigned on Tuesday.", "en"),
        ("Der Bundeskanzler ist am Dienstag zurückgetreten.", "de"),
        ("Η κυβέρνηση ανακοίνωσε νέα μέτρα.", "el"),
        ("日本の首相は今日東京で会見した", "ja"),
    ],
)
def test_language(text, code):
    assert language.detect(text).code == code


@pytest.mark.parametrize(
    "text", ["", "Bonjour", "12 345,67 €", "🙂 🙂 🙂 !!!", "Sport", "https://example.org/a/b/c", "a" * 500]
)
def test_too_little_text_is_unknown_not_guessed(text):
    assert language.detect(text).code == language.UNKNOWN


def test_the_answer_is_always_the_same_and_threads_do_not_disturb_it():
    text = "Bonjour à tous. Hello everyone, this is a mixed text. Voilà pour aujourd’hui."
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(language.detect(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8 and len(set(answers)) == 1


def test_the_clients_article_is_french(read_seed):
    found = language.detect_article(read_seed("000_1d39e68d33dc8df3.txt"))
    assert found.code == "fr" and found.probability >= 0.99


def test_a_bilingual_release_is_told_apart_by_paragraph(read_seed):
    article = read_seed("communique-bilingue.txt")
    found = language.detect_article(article)
    assert {found.code, found.alternatives[0].code} == {"fr", "en"}
    assert found.probability < 0.8
    languages = language.paragraph_languages(article, "fr", language.detect_article(article))
    by_text = {article.part(p)[:12]: code for p, code in zip(article.paragraphs, languages, strict=True)}
    assert by_text["Maison Trans"] == "en" and by_text["About Maison"] == "en"
    assert by_text["À propos de "] == "fr" and by_text["La Maison Tr"] == "fr"


def test_a_line_of_foreign_names_does_not_change_the_language():
    article = read(
        "Le match a eu lieu hier soir à Paris devant une foule.\n\nManchester United - Real Madrid 2-1".encode(), "a"
    )
    assert set(language.paragraph_languages(article, "fr", language.detect_article(article))) == {"fr"}
