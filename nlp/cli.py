"""The command line: ``entrefilet digest | translate | detect | models | serve``.

Standard output carries results only; messages go to standard error. Exit codes: 0 done; 1 some input failed or
stayed untranslated (the others are done); 2 usage.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp import cli_models, export, language, readers
from nlp.article import Article
from nlp.console import DONE, SOME_FAILED, USAGE, complain, reader_language, say
from nlp.digest import Digest, Request, progress
from nlp.errors import EntrefiletError, FileUnreadable, NoSummarizer, NotInstalled, UnknownModel
from nlp.models import catalogue, store
from nlp.summarization.models import no_summarizer, ready_summarizers
from nlp.translation import Status

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
    except (UnknownModel, NotInstalled, NoSummarizer) as error:
        return complain(error, USAGE)
    except EntrefiletError as error:
        return complain(error, SOME_FAILED)
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
        sub.add_argument("--translator", metavar="ID", help="translation model, or its folder")
        sub.add_argument("--json", action="store_true", help="one JSON object a file")
        if name == "digest":
            sub.add_argument("--sentences", type=_positive, metavar="N", help="length of the summary")
            sub.add_argument(
                "--summary",
                choices=("extractive", "abstractive"),
                help="the article's own sentences, or rewritten by a model and checked (default with --summarizer), "
                "with a headline where a model for headlines is installed",
            )
            sub.add_argument("--summarizer", metavar="ID", help="model that rewrites, or its folder")
            sub.add_argument("--out", type=Path, metavar="DIR", help="write one document a file into this folder")
            sub.add_argument("--format", choices=tuple(export.FORMATS), help="of those documents (default: md)")
    sub = command("detect", _detect, "language of texts")
    sub.add_argument("files", nargs="+", metavar="FILE", help="file to read; - for standard input")
    sub.add_argument("--json", action="store_true", help="one JSON object a file")
    cli_models.add_to(command("models", None, "the models: list, pull, verify, remove, add"))
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
    if options.format and not options.out:
        _parser().error("--format needs --out")
    kind = options.summary or ("abstractive" if options.summarizer else "extractive")
    if kind == "abstractive":
        chosen = catalogue.entry(options.summarizer) if options.summarizer else None
        if not ready_summarizers(chosen):
            raise no_summarizer(options.source or "fr", chosen)
    request = Request(options.source, options.target, options.sentences, options.translator, kind, options.summarizer)
    return _each(options, request, with_summary=True)


def _translate(options: argparse.Namespace) -> int:
    options.out = None
    return _each(options, Request(options.source, options.target, translator=options.translator), with_summary=False)


def _each(options: argparse.Namespace, request: Request, *, with_summary: bool) -> int:
    """Digest every file and print or write the results as they come."""
    if request.translator and not store.ready(catalogue.entry(request.translator)):
        raise NotInstalled(id=request.translator)
    code = DONE
    written: set[Path] = set()
    for name, article in _articles(options.files):
        try:
            if isinstance(article, EntrefiletError):
                raise article
            finished = _finished(article, request)
        except EntrefiletError as error:
            code = SOME_FAILED
            complain(error, code)
            if options.json:
                _print_json({"schema": export.SCHEMA, "file": name, "error": _described(error)})
            continue
        finished = replace(finished, article=replace(finished.article, name=name))
        for notice in finished.warnings:
            say(f"{name}: {notice.text(reader_language())}")
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
        print(export.export(digest, "txt", reader_language()))
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
        path.write_text(export.export(digest, format, reader_language()), "utf-8")
        written.add(path)
    except OSError as error:
        raise FileUnreadable(name=folder, reason=error.strerror or error) from error


def _detect(options: argparse.Namespace) -> int:
    code = DONE
    for name, article in _articles(options.files):
        if isinstance(article, EntrefiletError):
            code = complain(article, SOME_FAILED)
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


def _serve(options: argparse.Namespace) -> int:
    page = Path(__file__).parents[1] / "app.py"
    if not page.exists():
        raise FileUnreadable(name=page, reason="the page is part of the checkout, not of an installed package")
    command = [sys.executable, "-m", "streamlit", "run", str(page), "--server.port", str(options.port)]
    return subprocess.run(command, cwd=page.parent, check=False).returncode


def _described(error: EntrefiletError) -> dict[str, str]:
    return {"kind": error.kind, "message": error.message(reader_language())}
