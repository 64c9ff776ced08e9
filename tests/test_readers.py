"""Bytes to articles: encodings, bad input, paragraphs and their kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import errors
from nlp.article import Kind
from nlp.readers import MAX_BYTES, MAX_CHARACTERS, read

ACCENTED = "Le maire a « promis » l’été — cœur, 100 €…"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_recognised(encoding):
    article = read(ACCENTED.encode(encoding), "a.txt")
    assert article.text == ACCENTED


def test_a_guessed_encoding_is_said_and_can_be_overruled():
    data = "Ça a coûté 5 \xa4.".encode("iso-8859-1")
    assert [n.kind for n in read(data, "a.txt").notices] == ["decoded-as"]
    chosen = read(data, "a.txt", encoding="iso-8859-15")
    assert chosen.text == "Ça a coûté 5 €."
    assert not chosen.notices


@pytest.mark.parametrize(
    ("data", "name", "encoding", "error"),
    [
        (b"", "a.txt", None, errors.EmptyInput),
        (b" \n\t\r\n ", "a.txt", None, errors.EmptyInput),
        (b"\xef\xbb\xbf", "a.txt", None, errors.EmptyInput),
        (b"%PDF-1.7 ...", "a.txt", None, errors.BinaryInput),
        (bytes(range(256)) * 4, "a.txt", None, errors.BinaryInput),
        (b"text\0text", "a.txt", None, errors.BinaryInput),
        (b"\x80\x81\x8d\x90" * 50, "a.txt", None, errors.BinaryInput),
        ("é".encode("cp1252"), "a.txt", "utf-8", errors.Undecodable),
        (b"abc", "a.txt", "no-such-encoding", errors.Undecodable),
        (b"\xff\xfe\x00", "a.txt", None, errors.Undecodable),
        (b"abc", "a.xyz", None, errors.UnsupportedFormat),
        (b"a" * (MAX_BYTES + 1), "a.txt", None, errors.TooLarge),
        (b"a " * (MAX_CHARACTERS // 2 + 1), "a.txt", None, errors.TooLarge),
    ],
)
def test_bad_input_is_refused_with_a_message_in_both_languages(data, name, encoding, error):
    with pytest.raises(error) as refused:
        read(data, name, encoding=encoding)
    english, french = refused.value.message("en"), refused.value.message("fr")
    assert name in english and name in french and english != french


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        article = read(data, "a.txt")
    except errors.InputError:
        return
    assert article.text.strip()


def test_the_clients_article_is_taken_apart(read_seed):
    article = read_seed("000_1d39e68d33dc8df3.txt")
    parts = [(p.kind, article.part(p)) for p in article.paragraphs]
    assert parts[0] == (Kind.DATELINE, "date 2025-08")
    assert parts[1][0] is Kind.CAPTION and parts[1][1].endswith("(Image prétexte)")
    assert parts[2] == (Kind.CREDIT, "Photo: Shutterstock")
    assert parts[3] == (Kind.BYLINE, "AFP Agence France-Presse")
    assert (Kind.HEADING, "«L'exceptionnalisme américain»") in parts
    assert [kind for kind, _ in parts].count(Kind.BODY) == 7
    assert article.title.startswith("OpenAI a annoncé mercredi")


def test_an_alert_in_capitals_is_taken_apart(read_seed):
    article = read_seed("ALERTE-TEMPETE.txt")
    kinds = [p.kind for p in article.paragraphs]
    assert kinds[:4] == [Kind.TITLE, Kind.BYLINE, Kind.DATELINE, Kind.CREDIT]
    assert kinds.count(Kind.HEADING) == 3
    assert article.title == "TEMPÊTE BÉRÉNICE : LE LITTORAL PLACÉ EN VIGILANCE ROUGE"


def test_wrapped_lines_are_one_paragraph_and_short_lines_are_not():
    wrapped = (
        "Le conseil municipal a voté lundi soir le budget de la ville pour l’année\n"
        "prochaine, après quatre heures de débats. Les impôts locaux n’augmenteront\n"
        "pas, a assuré le maire, mais les tarifs de la cantine seront relevés de\n"
        "deux pour cent."
    )
    assert len(read(wrapped.encode(), "a.txt").paragraphs) == 1
    assert len(read("Oui.\nNon.\nPeut-être.".encode(), "a.txt").paragraphs) == 3


def test_markdown_is_read_without_its_marks():
    source = (
        "---\nauthor: X\n---\n# Le *grand* titre\n\nUn [lien](https://example.org) et du **gras**.\n\n"
        "## Partie\n\n> Une citation.\n\n- un\n- deux\n\n```\ncode();\n```\n\n<script>alert(1)</script>\n"
    )
    article = read(source.encode(), "a.md")
    parts = [(p.kind, article.part(p), p.verbatim) for p in article.paragraphs]
    assert parts == [
        (Kind.TITLE, "Le grand titre", False),
        (Kind.BODY, "Un lien et du gras.", False),
        (Kind.HEADING, "Partie", False),
        (Kind.QUOTE, "Une citation.", False),
        (Kind.BODY, "un", False),
        (Kind.BODY, "deux", False),
        (Kind.BODY, "code();", True),
    ]
    assert article.title == "Le grand titre"


def test_names_are_made_presentable():
    assert read(b"texte", "../../etc/pass\nwd.txt").name == "passwd.txt"
    assert len(read(b"texte", "x" * 500 + ".txt").name) <= 120
