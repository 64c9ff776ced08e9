"""The command line, as a script would call it."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import CLIENT_ARTICLE, ROOT, SEEDS

KINDS = {"body", "title", "heading", "byline", "dateline", "credit", "caption", "quote"}


def run(*arguments, stdin=b"", **environment):
    done = subprocess.run(
        [sys.executable, "-m", "nlp", *map(str, arguments)],
        input=stdin, capture_output=True, cwd=ROOT, env=os.environ | {"LC_ALL": "C.UTF-8"} | environment, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="module")
def client_digest(french_to_english):
    code, out, _ = run("digest", CLIENT_ARTICLE, "--json")
    assert code == 0
    return json.loads(out)


def test_the_contract_of_digest(client_digest):
    d = client_digest
    assert list(d) == [
        "schema", "file", "title", "language", "target", "segments", "summary", "facts", "models", "seconds",
        "warnings",
    ]  # fmt: skip
    assert d["schema"] == 1 and d["target"] == "en" and d["file"] == str(CLIENT_ARTICLE)
    assert d["language"]["code"] == "fr" and d["language"]["probability"] >= 0.99
    text = CLIENT_ARTICLE.read_text("utf-8")
    assert [s["id"] for s in d["segments"]] == list(range(len(d["segments"])))
    for s in d["segments"]:
        assert list(s) == [
            "id", "paragraph", "kind", "start", "end", "language", "source", "target", "status", "flags",
        ]  # fmt: skip
        assert text[s["start"] : s["end"]] == s["source"]
        assert s["kind"] in KINDS and s["status"] in {"translated", "copied", "retried"} and s["target"]
    covered = "".join(s["source"] for s in d["segments"])
    assert "".join(covered.split()) == "".join(text.split())
    assert d["summary"]["engine"] == "extractive" and len(d["summary"]["sentences"]) == 3
    for s in d["summary"]["sentences"]:
        assert s["source"] in text and s["target"] and s["evidence"]
        assert "Shutterstock" not in s["source"] and "Agence France-Presse" not in s["source"]
    assert d["models"] == {"translation": "entrefilet-fr-en", "summarization": "extractive"}


def test_translate_has_no_summary():
    code, out, _ = run("translate", "-", "--json", stdin=b"Il pleut sur la ville depuis hier.")
    record = json.loads(out)
    assert code == 0 and "summary" not in record and record["segments"][0]["status"] == "translated"


def test_one_bad_file_costs_the_others_nothing(tmp_path):
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    files = [tmp_path / "vide.txt", SEEDS / "breve-pont-de-merlac.txt", tmp_path / "image.txt", tmp_path / "absent.txt"]
    code, out, err = run("digest", *files, "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 1 and len(records) == 4
    assert [r.get("error", {}).get("kind") for r in records] == ["empty", None, "binary", "unreadable"]
    assert all(r["schema"] == 1 and r["file"] == str(f) for r, f in zip(records, files, strict=True))
    assert "Traceback" not in err and err.count("entrefilet:") >= 3


def test_no_model_for_the_pair_still_gives_language_and_summary():
    code, out, err = run("digest", SEEDS / "night-trains.txt", "--json")
    record = json.loads(out)
    assert code == 1
    assert record["language"]["code"] == "en" and record["target"] == "fr"
    assert all(
        s["status"] == "untranslated" and s["target"] is None and s["flags"]
        for s in record["segments"]
        if s["status"] != "copied"
    )
    assert record["summary"]["sentences"] and record["warnings"] and "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("digest",),
        ("digest", "x.txt", "--to", "de"),
        ("digest", "x.txt", "--sentences", "0"),
        ("digest", "x.txt", "--from", "klingon"),
        ("digest", CLIENT_ARTICLE, "--translator", "no-such-model"),
        ("digest", CLIENT_ARTICLE, "--translator", "opus-mt-fr-en"),
        ("models", "pull", "no-such-model"),
        ("models", "pull"),
        ("models", "verify", "opus-mt-fr-en"),
        ("models", "remove", "no-such-model"),
        ("models", "add", ".", "--task", "summary"),
        ("models", "nonsense"),
        ("digest", CLIENT_ARTICLE, "--summary", "abstractive"),
        ("digest", CLIENT_ARTICLE, "--format", "md"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_2(arguments):
    code, out, err = run(*arguments)
    assert code == 2 and out == "" and err and "Traceback" not in err


def test_detect():
    code, out, _ = run("detect", CLIENT_ARTICLE, SEEDS / "night-trains.txt", "--json")
    assert code == 0
    assert [json.loads(line)["language"]["code"] for line in out.splitlines()] == ["fr", "en"]


def test_documents_are_written_one_a_file(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("Il pleut sur la ville depuis hier.", "utf-8")
    (tmp_path / "x.txt").write_text("Le maire est parti ce matin.", "utf-8")
    code, out, _ = run(
        "digest", tmp_path / "a" / "x.txt", tmp_path / "x.txt", "--out", tmp_path / "out", "--format", "txt"
    )
    assert code == 0 and out == ""
    documents = sorted((tmp_path / "out").iterdir())
    assert [d.name for d in documents] == ["x.en-2.txt", "x.en.txt"]
    assert "mayor" in documents[0].read_text("utf-8")


def test_messages_are_in_the_readers_language(tmp_path):
    (tmp_path / "vide.txt").write_bytes(b"")
    assert "est vide" in run("detect", tmp_path / "vide.txt", LC_ALL="fr_FR.UTF-8")[2]
    assert "is empty" in run("detect", tmp_path / "vide.txt")[2]


def test_models_lists_what_there_is():
    code, out, _ = run("models")
    rows = {row[0]: row for row in (line.split("\t") for line in out.splitlines())}
    assert code == 0 and all(len(row) == 6 for row in rows.values())
    assert rows["entrefilet-fr-en"][1:3] == ["fr → en", "embedded"] and "BLEU" in rows["entrefilet-fr-en"][5]
    assert rows["opus-mt-fr-en"][2:5] == ["not installed", "301 MB", "Apache-2.0"]
    assert rows["barthez-orangesum-abstract"][1] == "fr summary"
    assert rows["barthez-orangesum-title"][1] == "fr headline" and "Proposes" in rows["barthez-orangesum-title"][5]
    assert run("models", "list") == (code, out, "")
    assert "non installé" in run("models", LC_ALL="fr_FR.UTF-8")[1]


def test_models_verifies_what_is_installed():
    code, out, _ = run("models", "verify")
    assert code == 0 and out.startswith("entrefilet-fr-en\t") and "verified" in out and "opus" not in out


def test_what_is_part_of_entrefilet_needs_no_pull():
    code, out, _ = run("models", "pull", "entrefilet-fr-en")
    assert code == 0 and "embedded" in out


def test_a_missing_model_is_named_with_the_command_that_gets_it():
    _, _, err = run("translate", "-", "--translator", "opus-mt-fr-en", stdin=b"Il pleut.")
    assert "entrefilet models pull opus-mt-fr-en" in err
    assert "entrefilet models pull opus-mt-fr-en" in run("models", "verify", "opus-mt-fr-en", LC_ALL="fr_FR.UTF-8")[2]
