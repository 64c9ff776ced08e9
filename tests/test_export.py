"""Documents made of a digest."""

import json

import pytest

from nlp.digest import Request, progress
from nlp.export import FORMATS, export, file_name, record
from nlp.readers import read


@pytest.fixture(scope="module")
def hostile(french_to_english):
    text = "# Un titre <script>alert(1)</script>\n\nLe maire *a* dit `non` [ici](x).\n\n> Une citation.\n"
    for state in progress(read(text.encode(), "dossier/été à l’ouest.md")):
        last = state
    return last


@pytest.mark.parametrize("interface", ["fr", "en"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_source_and_translation(hostile, format, interface):
    document = export(hostile, format, interface)
    assert "maire" in document and "mayor" in document
    assert document.endswith("\n")


def test_markdown_keeps_text_from_becoming_markup(hostile):
    document = export(hostile, "md", "en")
    assert "<script>" not in document
    assert "> Une citation." in document and "### Un titre" in document


def test_json_is_the_command_lines_record(hostile):
    assert json.loads(export(hostile, "json")) == json.loads(json.dumps(record(hostile)))


def test_what_is_not_translated_is_marked():
    for state in progress(
        read("Der Bundeskanzler ist am Dienstag zurückgetreten.".encode(), "a.txt"), Request(target="en")
    ):
        last = state
    assert "[non traduit]" not in export(last, "txt", "fr")  # nothing is translated: no half document
    assert last.translations[0].text is None


def test_file_names_are_safe(hostile):
    assert file_name(hostile, "md") == "été-à-l-ouest.en.md"
