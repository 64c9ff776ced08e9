"""The command ``entrefilet models [list | pull ID | verify [ID] | remove ID | add FOLDER]``."""

import argparse
import signal
import sys
from pathlib import Path
from typing import Any

from nlp.console import DONE, SOME_FAILED, complain, reader_language, say
from nlp.errors import CorruptModel, FileUnreadable, PullStopped
from nlp.models import catalogue, installation, pulls
from nlp.models.catalogue import Embedded, Entry, Hub, Task
from nlp.numbers import file_size

_STATES = {
    "embedded": ("embedded", "embarqué"),
    "installed": ("installed", "installé"),
    "verified": ("verified", "vérifié"),
    "begun": ("begun, pull again", "commencé, à relancer"),
    "absent": ("not installed", "non installé"),
}
_STEPS = {
    "waiting": ("another process is fetching it, waiting", "un autre processus le récupère, attente"),
    "resolving": ("asking the hub", "interrogation du hub"),
    "fetching": ("fetching {total}", "récupération de {total}"),
    "converting": ("converting and proving", "conversion et vérification"),
    "recording": ("installing", "installation"),
}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the parser of ``models`` its actions. Without one, it lists."""
    parser.set_defaults(command=_list)
    actions = parser.add_subparsers(metavar="ACTION")

    def action(name: str, run: Any, help: str) -> argparse.ArgumentParser:
        sub = actions.add_parser(name, help=help, description=help)
        sub.set_defaults(command=run)
        return sub

    action("list", _list, "what there is, what is installed, how good it is")
    sub = action("pull", _pull, "fetch a model from the hub")
    sub.add_argument("id", metavar="ID", help="of the list, or any owner/name of the hub")
    _describe(sub)
    sub = action("verify", _verify, "compare installed files with their checksums")
    sub.add_argument("id", nargs="?", metavar="ID", help="one model only")
    sub = action("remove", _remove, "delete a model from this machine")
    sub.add_argument("id", metavar="ID")
    sub = action("add", _add, "use a checkpoint folder of your own; it stays where it is")
    sub.add_argument("folder", type=Path, metavar="FOLDER", help="in the Hugging Face layout")
    _describe(sub)


def _describe(parser: argparse.ArgumentParser) -> None:
    """Options that say what a model is for, where it does not say so itself."""
    parser.add_argument("--task", type=Task, choices=list(Task), help="what it does (default: translation)")
    parser.add_argument("--from", dest="source", default="", metavar="LANG", help="language of its sources")
    parser.add_argument("--to", dest="target", default="", metavar="LANG", help="language of its translations")
    parser.add_argument("--prefix", default="", help="what it wants before every source, such as '>>fra<< '")
    parser.set_defaults(parser=parser)


def _described(options: argparse.Namespace) -> dict[str, Any]:
    """The arguments of :func:`catalogue.local` and :func:`catalogue.unlisted` that these options give."""
    task = options.task or Task.TRANSLATION
    target = options.target if task is Task.TRANSLATION else options.source
    if bool(options.source) != bool(target) or (options.task and not options.source):
        options.parser.error("name the languages with --from and --to (for a summary or a headline, --from alone)")
    return {"task": task, "source": options.source, "target": target, "prefix": options.prefix}


def _list(_: argparse.Namespace) -> int:
    _print([_row(entry, _state(entry)) for entry in catalogue.entries()])
    return DONE


def _pull(options: argparse.Namespace) -> int:
    described = _described(options)
    entry = catalogue.entry(options.id)
    if not isinstance(entry, Hub):
        _print([_row(entry, _state(entry))])
        return DONE
    if described["source"] and entry not in catalogue.hub():
        entry = catalogue.unlisted(entry.repository, **described)
    progress = _ProgressLine(entry.id)
    try:
        pulls.pull(entry, progress)
    except KeyboardInterrupt:
        progress.end()
        say(PullStopped(id=entry.id).message(reader_language()))
        return 128 + signal.SIGINT
    progress.end()
    _print([_row(catalogue.entry(entry.id), "installed")])
    return DONE


def _verify(options: argparse.Namespace) -> int:
    chosen = (
        [catalogue.entry(options.id)]
        if options.id
        else [e for e in catalogue.entries() if _state(e) in ("embedded", "installed")]
    )
    code = DONE
    rows = []
    for entry in chosen:
        try:
            installation.verify(entry)
            rows.append(_row(entry, "verified"))
        except CorruptModel as error:
            code = complain(error, SOME_FAILED)
    _print(rows)
    return code


def _remove(options: argparse.Namespace) -> int:
    installation.remove(catalogue.entry(options.id))
    return DONE


def _add(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise FileUnreadable(name=options.folder, reason="no such folder")
    added = installation.add(options.folder, **_described(options))
    _print([_row(catalogue.entry(added.id), "installed")])
    return DONE


def _state(entry: Entry) -> str:
    if isinstance(entry, Embedded):
        return "embedded"
    if installation.installed(entry):
        return "installed"
    begun = isinstance(entry, Hub) and installation.staging_of(entry).exists()
    return "begun" if begun else "absent"


def _row(entry: Entry, state: str) -> tuple[str, ...]:
    """Identifier, what it does, state, size, licence, quality and, where it is not plain, what for."""
    what = f"{entry.source} → {entry.target}" if entry.task is Task.TRANSLATION else f"{entry.source} {entry.task}"
    here = installation.installed(entry)
    bytes = entry.bytes if isinstance(entry, Embedded) else here.bytes if here else getattr(entry, "bytes", None)
    scores = [
        f"{test} {value:.1f} {measure}"
        for test, measures in entry.scores.items()
        for measure, value in list(measures.items())[:1]
    ]
    note = entry.note(reader_language())
    said = entry.task is not Task.TRANSLATION or not scores  # a pair of languages says by itself what the model is for
    quality = [text for text in (", ".join(scores), note if said else "") if text]
    return (
        entry.id,
        what,
        _STATES[state][reader_language() == "fr"],
        file_size(bytes, reader_language()) if bytes else "?",
        entry.licence or "?",
        " — ".join(quality),
    )


def _print(rows: list[tuple[str, ...]]) -> None:
    """Aligned for eyes, separated by tabs for programs."""
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(row) + "\n" for row in rows)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


class _ProgressLine:
    """Shows a pull on standard error: one line that changes on a terminal, otherwise a line for each step."""

    def __init__(self, id: str) -> None:
        self._id, self._step, self._terminal = id, "", sys.stderr.isatty()

    def __call__(self, progress: pulls.Progress) -> None:
        changed = progress.step != self._step
        self._step = progress.step
        if not (changed or self._terminal):
            return
        text = _STEPS[progress.step][reader_language() == "fr"].format(
            total=file_size(progress.total, reader_language())
        )
        if not self._terminal:
            say(f"{self._id}: {text}")
            return
        share = f" {100 * progress.done // progress.total} %" if progress.total else ""
        sys.stderr.write(f"\r\x1b[K{self._id}: {text}{share}")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._terminal and self._step:
            sys.stderr.write("\n")
