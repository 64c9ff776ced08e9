"""The models that exist: those that ship with Entrefilet, those of the hub, and those that the reader added.

Embedded models lie in ``nlp/weights``, one folder each, described by a file ``card.json`` beside the weights. Models
of the hub are listed in ``hub.toml``; what nobody could look up (revision, sizes, checksums) is absent there and
becomes known at the first pull.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from nlp.errors import UnknownModel, UnknownPair
from nlp.models import checkpoint
from nlp.models.folders import models_folder
from nlp.models.golden import Golden

WEIGHTS = Path(__file__).parents[1] / "weights"
RECORD = "record.json"
"""What is written down about a model, in its folder of the models folder."""

LOCAL = "local/"
"""What the identifiers of added folders begin with."""

_HUB = Path(__file__).with_name("hub.toml")
_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
_PAIR = re.compile(r"opus-mt-(?:tc-\w+-)?([a-z]{2,3})-([a-z]{2,3})$")
_ADDED = 3
_DESCRIBED = ("id", "task", "source", "target", "licence", "trained_length", "prefix")
_INSTALLED = ("revision", "files", "bytes", "engine", "golden")


class Task(StrEnum):
    """What a model does."""

    TRANSLATION = "translation"
    SUMMARY = "summary"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One model.

    Attributes:
        id: how the reader names it.
        task: what it does.
        source, target: language codes; the same for summaries and headlines.
        licence: SPDX expression.
        trained_length: longest source, in pieces, that it was trained on.
        prefix: put before every source: the target token of a model for several languages, the task of a T5.
        preference: of two models for the same job the higher one is taken (0 embedded draft, 1 standard, 2 big,
            3 what the reader added).
        scores: test set -> measure -> score.
        remark: language of the interface -> one line on its quality.
        draft: whether its output must be shown with a warning.
    """

    id: str
    task: Task
    source: str
    target: str
    licence: str
    trained_length: int
    prefix: str = ""
    preference: int = 0
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    remark: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False

    def note(self, language: str = "en") -> str:
        """One line on the model's quality, in English or French."""
        return self.remark.get(language, self.remark.get("en", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded(Entry):
    """A model that ships with Entrefilet.

    Attributes:
        version: of the weights.
        sha256: file name -> checksum of the packed file.
        golden: sentences to test a fresh unpacking with.
        folder: where the packed files are.
    """

    version: str
    sha256: Mapping[str, str]
    golden: tuple[Golden, ...]
    folder: Path

    @property
    def bytes(self) -> int:
        """Size of the packed files."""
        return sum((self.folder / name).stat().st_size for name in self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub(Entry):
    """A model of the Hugging Face hub, fetched only when the reader asks.

    Attributes:
        repository: "owner/name".
        revision: 40 hexadecimal digits; None until the first pull has resolved it.
        bytes: size of the files to fetch; None if nobody has published it.
    """

    repository: str
    revision: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Local(Entry):
    """A checkpoint folder of the reader's own, in the Hugging Face layout."""

    folder: Path


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def read_card(folder: Path) -> Embedded:
    """The embedded model that ``folder/card.json`` describes."""
    card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
    golden = tuple(map(Golden.read, card.pop("golden")))
    task = Task(card.pop("task"))
    return Embedded(**card, task=task, golden=golden, folder=folder)


@cache
def embedded() -> tuple[Embedded, ...]:
    """The models that ship with Entrefilet, in the order of their folders' names."""
    return tuple(read_card(card.parent) for card in sorted(WEIGHTS.glob("*/card.json")))


@cache
def hub() -> tuple[Hub, ...]:
    """The models of the hub that Entrefilet knows, in the order of ``hub.toml``."""
    models: list[dict[str, Any]] = tomllib.loads(_HUB.read_text("utf-8"))["model"]
    return tuple(Hub(**{**model, "task": Task(model["task"])}) for model in models)


def added() -> tuple[Entry, ...]:
    """The models that the reader added to this machine, in the order of their names."""
    known = {model.repository for model in hub()}
    records = [read_record(file.parent) for file in sorted(models_folder().glob(f"[!.]*/{RECORD}"))]
    return tuple(_recorded(record) for record in records if record and record.get("repository") not in known)


def entries() -> tuple[Entry, ...]:
    """All models: embedded ones, those of the catalogue, those that the reader added."""
    return (*embedded(), *hub(), *added())


def entry(id: str) -> Entry:
    """The model of this identifier: one of :func:`entries`, any "owner/name" of the hub, or a folder's path.

    Raises:
        UnknownModel: there is none.
        UnsupportedModel: the folder holds no model that Entrefilet can use, or does not say what it is for.
    """
    for candidate in entries():
        if id == candidate.id or (isinstance(candidate, Hub) and id == candidate.repository):
            return candidate
    if (Path(id).expanduser() / "config.json").is_file():
        return local(Path(id).expanduser(), id)
    if _REPOSITORY.fullmatch(id) and not id.startswith(LOCAL):
        return unlisted(id)
    raise UnknownModel(id=id)


def unlisted(
    repository: str, task: Task = Task.TRANSLATION, source: str = "", target: str = "", prefix: str = ""
) -> Hub:
    """A repository of the hub that the catalogue does not know.

    Args:
        repository: "owner/name".
        task, source, target, prefix: what the reader says of it; without ``source``, its files are asked when it is
            pulled.
    """
    return Hub(
        id=repository, repository=repository, task=task, source=source, target=target, prefix=prefix,
        licence="", trained_length=0, preference=_ADDED,
    )  # fmt: skip


def local(
    folder: Path, id: str, task: Task = Task.TRANSLATION, source: str = "", target: str = "", prefix: str = ""
) -> Local:
    """A checkpoint folder of the reader's own.

    Args:
        folder: in the Hugging Face layout.
        id: how to call it.
        task, source, target, prefix: what the reader says of it; without ``source``, its files are asked.

    Raises:
        UnsupportedModel: no model that Entrefilet can use, or it does not say what it is for.
    """
    facts = checkpoint.facts(folder, id)
    names = checkpoint.needed(file.name for file in folder.iterdir())
    checkpoint.require_complete(names, facts.kind, id)
    said = Local(
        id=id, folder=folder.absolute(), task=task, source=source, target=target, prefix=prefix,
        licence="", trained_length=0, preference=_ADDED,
    )  # fmt: skip
    return described(said, facts)


def described(entry: AnyEntry, facts: checkpoint.Facts, languages: Sequence[str] = (), licence: str = "") -> AnyEntry:
    """An entry completed by what its files and its page say; what it says already stays.

    Args:
        entry: without ``source`` if nobody said what the model is for.
        facts: from its checkpoint.
        languages: those of its page on the hub; only a single one tells anything, for their order means nothing.
        licence: that of its page.

    Raises:
        UnknownPair: task and languages remain unknown.
    """
    task, source, target = entry.task, entry.source, entry.target
    if not source and facts.kind == "marian":
        task, source, target = Task.TRANSLATION, facts.source, facts.target
        named = _PAIR.search(entry.id)
        if not (source and target) and named:
            source, target = map(checkpoint.language_code, named.groups())
    elif not source and len(languages) == 1:
        task, source, target = Task.SUMMARY, languages[0], languages[0]
    if not source or not target:
        raise UnknownPair(id=entry.id)
    return replace(
        entry,
        task=task,
        source=source,
        target=target,
        licence=entry.licence or licence,
        trained_length=entry.trained_length or facts.window,
        prefix=entry.prefix or (facts.prefix if task is Task.SUMMARY else ""),
    )


def record_of(entry: Hub | Local) -> dict[str, Any]:
    """What :func:`added` reads back."""
    kept = {name: getattr(entry, name) for name in _DESCRIBED}
    return kept | ({"folder": str(entry.folder)} if isinstance(entry, Local) else {"repository": entry.repository})


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record in a folder of the models folder, or None where there is none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and set(_DESCRIBED + _INSTALLED) <= set(record) else None


def _recorded(record: dict[str, Any]) -> Hub | Local:
    common = {name: record[name] for name in _DESCRIBED} | {"task": Task(record["task"]), "preference": _ADDED}
    if "folder" in record:
        return Local(**common, folder=Path(record["folder"]))
    return Hub(**common, repository=record["repository"], revision=record["revision"], bytes=record["bytes"])
