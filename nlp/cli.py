"""The command line: ``entrefilet digest | translate | detect | models | serve``.

Standard output carries results only; messages go to standard error. Exit codes: 0 done; 1 some input failed or
stayed untranslated (the others are done); 2 usage.
"""

import argparse
import json
import locale
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp import export, language, readers
from nlp.article import Article
from nlp.digest import Digest, Request, progress
from nlp.errors import EntrefiletError, FileUnreadable, NoSummarizer, UnknownModel
from nlp.models import catalogue, unpacking
from nlp.translation import Status

DONE, SOME_FAILED, USAGE = 0, 1, 2
_STANDARD_INPUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; those of the process if None.

    Returns:
        The exit code.
    """
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        return int(options.command(options))
    except UnknownModel as error:
        return _complain(error, USAGE)
    except NoSummarizer as error:
        return _complain(error, USAGE)
    except EntrefiletError as error:
        return _complain(error, SOME_FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_FAILED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="entrefilet", description="Read French news: language, translation, summary. All on this machine."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(command=run)
        return sub

    for name, run, help in (
        ("digest", _digest, "language, translation and summary of articles"),
        ("translate", _translate, "translation of articles, sentence by sentence"),
    ):
        sub = command(name, run, help)
        sub.add_argument("files", nargs="+", metavar="FILE", help="file to read; - for standard input")
        sub.add_argument("--from", dest="source", type=_language_code, metavar="LANG", help="language of the text")
        sub.add_argument("--to", dest="target", choices=("en", "fr"), help="language to translate into")
        sub.add_argument("--translator", metavar="ID", help="translation model (see `entrefilet models`)")
        sub.add_argument("--json", action="store_true", help="one JSON object a file")
        if name == "digest":
            sub.add_argument("--sentences", type=_positive, metavar="N", help="length of the summary")
            sub.add_argument("--summary", choices=("extractive", "abstractive"), default="extractive")
            sub.add_argument("--summarizer", metavar="ID", help="summarization model")
            sub.add_argument("--out", type=Path, metavar="DIR", help="write one document a file into this folder")
            sub.add_argument("--format", choices=tuple(export.FORMATS), help="of those documents (default: md)")
    sub = command("detect", _detect, "language of texts")
    sub.add_argument("files", nargs="+", metavar="FILE", help="file to read; - for standard input")
    sub.add_argument("--json", action="store_true", help="one JSON object a file")
    sub = command("models", _models, "the models that are installed")
    sub.add_argument("action", nargs="?", choices=("list", "verify"), default="list")
    sub.add_argument("id", nargs="?", metavar="ID", help="one model only")
    sub = command("serve", _serve, "open the reading desk in a browser")
    sub.add_argument("--port", type=_positive, default=8501)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _language_code(text: str) -> str:
    code = text.lower()
    if code not in language.NAMES or code == language.UNKNOWN:
        raise argparse.ArgumentTypeError(f"no such language; one of {', '.join(sorted(language.NAMES))}")
    return code


def _digest(options: argparse.Namespace) -> int:
    if options.summary == "abstractive":
        raise NoSummarizer(engine="abstractive")
    if options.summarizer not in (None, "extractive"):
        raise UnknownModel(id=options.summarizer, known="extractive")
    if options.format and not options.out:
        _parser().error("--format needs --out")
    request = Request(options.source, options.target, options.sentences, options.translator)
    return _each(options, request, with_summary=True)


def _translate(options: argparse.Namespace) -> int:
    options.out = None
    return _each(options, Request(options.source, options.target, translator=options.translator), with_summary=False)


def _each(options: argparse.Namespace, request: Request, *, with_summary: bool) -> int:
    """Digest every file and print or write the results as they come."""
    if request.translator:
        catalogue.entry(request.translator)
    code = DONE
    written: set[Path] = set()
    for name, article in _articles(options.files):
        try:
            if isinstance(article, EntrefiletError):
                raise article
            finished = _finished(article, request)
        except EntrefiletError as error:
            code = SOME_FAILED
            _complain(error, code)
            if options.json:
                _print_json({"schema": export.SCHEMA, "file": name, "error": _described(error)})
            continue
        finished = replace(finished, article=replace(finished.article, name=name))
        for notice in finished.warnings:
            _say(f"{name}: {notice.text(_reader_language())}")
        if any(t is None or t.status is Status.UNTRANSLATED for t in finished.translations):
            code = SOME_FAILED
        if options.out:
            _write(finished, options.out, options.format or "md", written)
        if options.json:
            _print_json(export.record(finished, summary=with_summary))
        elif not options.out:
            _print(finished, with_summary=with_summary, titled=len(options.files) > 1)
    return code


def _articles(names: Sequence[str]) -> Iterator[tuple[str, Article | EntrefiletError]]:
    """Name and article of each file, or the error that stands in its place."""
    for name in names:
        try:
            yield name, readers.read(_bytes(name), "stdin.txt" if name == _STANDARD_INPUT else Path(name).name)
        except EntrefiletError as error:
            yield name, error


def _bytes(name: str) -> bytes:
    """The bytes of a file, one more than the limit at most."""
    try:
        if name == _STANDARD_INPUT:
            return sys.stdin.buffer.read(readers.MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(readers.MAX_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(name=name, reason=error.strerror or error) from error


def _finished(article: Article, request: Request) -> Digest:
    for state in progress(article, request):
        last = state
    return last


def _print(digest: Digest, *, with_summary: bool, titled: bool) -> None:
    """For people: both summaries, or the translation alone, paragraph by paragraph."""
    if titled:
        print(f"== {digest.article.name}")
    if with_summary:
        print(export.export(digest, "txt", _reader_language()))
        return
    for index in range(len(digest.article.paragraphs)):
        print(" ".join(export.paragraph_text(digest, index, target=True).split()), end="\n\n")


def _print_json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False), flush=True)


def _write(digest: Digest, folder: Path, format: str, written: set[Path]) -> None:
    """Write a document under a name that no other file of this run has got."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        named = replace(digest, article=replace(digest.article, name=Path(digest.article.name).name))
        path = first = folder / export.file_name(named, format)
        number = 1
        while path in written:
            number += 1
            path = first.with_name(f"{first.stem}-{number}{first.suffix}")
        path.write_text(export.export(digest, format, _reader_language()), "utf-8")
        written.add(path)
    except OSError as error:
        raise FileUnreadable(name=folder, reason=error.strerror or error) from error


def _detect(options: argparse.Namespace) -> int:
    code = DONE
    for name, article in _articles(options.files):
        if isinstance(article, EntrefiletError):
            code = _complain(article, SOME_FAILED)
            if options.json:
                _print_json({"schema": export.SCHEMA, "file": name, "error": _described(article)})
            continue
        found = language.detect_article(article)
        guesses = [{"code": g.code, "probability": round(g.probability, 4)} for g in found.alternatives]
        if options.json:
            guess = {"code": found.code, "probability": round(found.probability, 4), "alternatives": guesses}
            _print_json({"schema": export.SCHEMA, "file": name, "language": guess})
        else:
            print(f"{name}\t{found.code}\t{found.probability:.2f}")
    return code


def _models(options: argparse.Namespace) -> int:
    chosen = [catalogue.entry(options.id)] if options.id else catalogue.entries()
    for model in chosen:
        if options.action == "verify":
            unpacking.unpacked(model)
            unpacking.prove(model, unpacking.unpacked(model))
        scores = ", ".join(f"{name} {s['BLEU']:.1f} BLEU" for name, s in model.scores.items() if "BLEU" in s)
        state = "verified" if options.action == "verify" else model.tier
        size = f"{model.bytes / 1e6:.0f} MB"
        print(model.id, f"{model.source} → {model.target}", state, size, model.licence, scores, sep="\t")
    return DONE


def _serve(options: argparse.Namespace) -> int:
    page = Path(__file__).parents[1] / "app.py"
    if not page.exists():
        raise FileUnreadable(name=page, reason="the page is part of the checkout, not of an installed package")
    command = [sys.executable, "-m", "streamlit", "run", str(page), "--server.port", str(options.port)]
    return subprocess.run(command, cwd=page.parent, check=False).returncode


def _described(error: EntrefiletError) -> dict[str, str]:
    return {"kind": error.kind, "message": error.message(_reader_language())}


def _complain(error: EntrefiletError, code: int) -> int:
    _say(error.message(_reader_language()))
    return code


def _say(message: str) -> None:
    print(f"entrefilet: {message}", file=sys.stderr)


def _reader_language() -> str:
    """French where the environment's locale is French, otherwise English."""
    chosen = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "")
    return "fr" if (chosen or locale.getlocale()[0] or "").lower().startswith("fr") else "en"
