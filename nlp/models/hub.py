"""The Hugging Face hub: what a repository holds, and its files, each with the checksum that the hub announced.

This is the only module that opens a connection, and only :mod:`nlp.models.pulls` calls it, when the reader asks
for a model. Endpoint, proxies, token and offline switch are those of ``huggingface_hub`` (HF_ENDPOINT,
HTTPS_PROXY, HF_TOKEN, HF_HUB_OFFLINE). Its own downloader is not used: it retries for minutes, and can be stopped
only every ten megabytes.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import HfApi, constants, get_session, hf_hub_url, try_to_load_from_cache
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled
from huggingface_hub.utils import (  # type: ignore[attr-defined]
    build_hf_headers,
    hf_raise_for_status,
    parse_ratelimit_headers,
)

from nlp.errors import (
    AccessRefused,
    HubBusy,
    HubFailed,
    HubOffline,
    HubUnreachable,
    NotOnHub,
    TransferCut,
    TransferDamaged,
)
from nlp.models.checkpoint import checksum

_ANSWER_SECONDS = 4.0
_TIMEOUT = httpx2.Timeout(10.0, connect=3.0)
_ATTEMPTS = 5
_PATIENCE_SECONDS = 60
_BROKEN = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a repository: its name, bytes, and ``checksum``, SHA-256 or git's SHA-1 of a blob, in hexadecimal."""

    name: str
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A repository at one commit.

    Attributes:
        repository: "owner/name".
        revision: the commit, 40 hexadecimal digits.
        files: all of its files.
        licence: as its page states it, or "".
        languages: codes that its page states, in no order that means anything.
    """

    repository: str
    revision: str
    files: tuple[RemoteFile, ...]
    licence: str = ""
    languages: tuple[str, ...] = ()


def resolve(repository: str, revision: str | None = None) -> Snapshot:
    """Ask the hub what a repository holds.

    Args:
        repository: "owner/name".
        revision: branch, tag or commit; the main branch if None.

    Raises:
        HubError: the subclass says what the hub, or the way to it, refused.
    """
    constants.HF_HUB_DISABLE_TELEMETRY = True
    with _errors(repository, revision):
        info = HfApi().model_info(repository, revision=revision, files_metadata=True, timeout=_ANSWER_SECONDS)
    files = []
    for sibling in info.siblings or ():
        checksum = sibling.lfs.sha256 if sibling.lfs else sibling.blob_id
        if sibling.size is not None and checksum:
            files.append(RemoteFile(sibling.rfilename, sibling.size, checksum))
    if not info.sha or not files:
        raise HubFailed(host=_host(), reason="no list of files")
    card = vars(info.card_data) if info.card_data else {}
    languages = card.get("language") or ()
    return Snapshot(
        repository,
        info.sha,
        tuple(files),
        str(card.get("license") or ""),
        (languages,) if isinstance(languages, str) else tuple(map(str, languages)),
    )


def cached(repository: str, revision: str | None = None) -> Snapshot | None:
    """What the hub's own cache on this machine (HF_HOME) holds of a repository, or None.

    The cache names its files' contents by their checksums; a file whose checksum is not known that way is left out.
    """
    config = try_to_load_from_cache(repository, "config.json", revision=revision)
    if not isinstance(config, str):
        return None
    folder = Path(config).parent
    files = tuple(
        RemoteFile(link.name, link.stat().st_size, link.readlink().name)
        for link in sorted(folder.iterdir())
        if link.is_symlink() and link.exists()
    )
    return Snapshot(repository, folder.name, files)


def fetch(snapshot: Snapshot, file: RemoteFile, place: Path) -> Iterator[int]:
    """Get one file: from the hub's cache on this machine, otherwise from the hub, from where it stopped last time.

    Args:
        snapshot: the repository.
        file: one of its files.
        place: where to put it; ``place`` with ``.part`` appended holds what has come so far.

    Yields:
        The number of bytes of this file that are here, after every block; whoever stops asking stops the transfer.

    Raises:
        TransferDamaged: size or checksum differ; the bytes are deleted.
        HubError: the hub refused, or the connection broke for good; the bytes so far stay.
    """
    part = place.with_name(place.name + ".part")
    local = try_to_load_from_cache(snapshot.repository, file.name, revision=snapshot.revision)
    if isinstance(local, str) and checksum(Path(local), file.checksum) == file.checksum:
        shutil.copyfile(local, part)
    for _ in range(_ATTEMPTS):
        before = _size(part)
        try:
            if before < file.size or not part.exists():
                yield from _receive(snapshot, file, part)
            break
        except _BROKEN as error:
            if _size(part) <= before:
                raise TransferCut(id=snapshot.repository, file=file.name, reason=_reason(error)) from error
    size = _size(part)
    if size < file.size:
        raise TransferCut(id=snapshot.repository, file=file.name, reason=f"{size} / {file.size}")
    found = checksum(part, file.checksum)
    if size != file.size or found != file.checksum:
        part.unlink()
        reason = f"{size} / {file.size}" if size != file.size else f"checksum {found[:12]} ≠ {file.checksum[:12]}"
        raise TransferDamaged(id=snapshot.repository, file=file.name, reason=reason)
    part.replace(place)
    yield size


def _receive(snapshot: Snapshot, file: RemoteFile, part: Path) -> Iterator[int]:
    """Append to ``part`` what the hub sends, until the file ends or the connection does."""
    have = _size(part)
    headers = build_hf_headers() | {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    url = hf_hub_url(snapshot.repository, file.name, revision=snapshot.revision)
    with (
        _errors(snapshot.repository, snapshot.revision, transfer=True),
        get_session().stream("GET", url, headers=headers, timeout=_TIMEOUT) as response,
    ):
        hf_raise_for_status(response)
        if response.status_code != 206:
            have = 0
        with part.open("ab" if have else "wb") as stored:
            for block in response.iter_raw():
                stored.write(block)
                have += len(block)
                yield have
                if have > file.size:
                    break


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


@contextmanager
def _errors(repository: str, revision: str | None, *, transfer: bool = False) -> Iterator[None]:
    """Turn what the HTTP client raises into our errors; a broken transfer is left to the caller."""
    try:
        yield
    except OfflineModeIsEnabled as error:
        raise HubOffline(id=repository) from error
    except HfHubHTTPError as error:
        raise _refusal(error, repository, revision) from error
    except HFValidationError as error:
        raise NotOnHub(repository=repository, revision=revision or "main") from error
    except (httpx2.RequestError, httpx2.InvalidURL, OSError) as error:
        if transfer and isinstance(error, (*_BROKEN, OSError)):
            raise
        raise HubUnreachable(host=_host(), reason=_reason(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise HubFailed(host=_host(), reason=f"unexpected answer: {_reason(error)}") from error


def _refusal(
    error: HfHubHTTPError, repository: str, revision: str | None
) -> AccessRefused | NotOnHub | HubBusy | HubFailed:
    status = error.response.status_code
    if status in (401, 403):
        return AccessRefused(repository=repository)
    if status == 404:
        return NotOnHub(repository=repository, revision=revision or "main")
    if status == 429:
        limit, wait = parse_ratelimit_headers(error.response.headers), error.response.headers.get("Retry-After", "")
        return HubBusy(seconds=limit.reset_in_seconds if limit else wait if wait.isdigit() else _PATIENCE_SECONDS)
    return HubFailed(host=_host(), reason=f"HTTP {status}")


def _reason(error: Exception) -> str:
    """One line, never empty."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _host() -> str:
    return urlsplit(os.environ.get("HF_ENDPOINT") or constants.ENDPOINT).netloc or constants.ENDPOINT
