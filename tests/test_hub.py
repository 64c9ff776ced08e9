"""Fetching models: a real pull over HTTP from a hub on this machine, and everything that can go wrong with one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from nlp import errors
from nlp.models import catalogue, installation, pulls, store, unpacking
from tests import fake_hub, toys
from tests.conftest import ROOT

NAME = "Test/opus-mt-fr-en"


@pytest.fixture(scope="session")
def toy(tmp_path_factory):
    """Files of a tiny Marian model with safetensors weights."""
    return contents(toys.marian_of_embedded_pieces(tmp_path_factory.mktemp("toy") / "model"))


@pytest.fixture(scope="session")
def old_toy(tmp_path_factory):
    """The same model with its weights in a pickle."""
    return contents(toys.marian_of_embedded_pieces(tmp_path_factory.mktemp("old") / "model", pickle=True))


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def at_hub(monkeypatch, tmp_path):
    """Points this process to a hub at an address, with empty folders of its own; the tests are offline otherwise."""
    from huggingface_hub import constants

    monkeypatch.setenv("ENTREFILET_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hf" / "hub"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "hf" / "token"))

    def point(address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setattr(constants, "ENDPOINT", address)
        monkeypatch.setattr(
            constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}"
        )

    return point


@pytest.fixture
def serve(at_hub):
    """Serves one repository under ``NAME`` and points this process to it."""
    with fake_hub.serve() as (address, repositories):
        at_hub(address)

        def one(repository):
            repositories[NAME] = repository
            return repository

        yield one


def pull(**options):
    return pulls.pull(catalogue.unlisted(NAME), **options)


def pull_but_convert():
    """Pull until all files are here, and stop before the conversion, which takes long and is tested elsewhere."""
    steps = []
    with pytest.raises(errors.PullStopped):
        pull(progress=steps.append, cancelled=lambda: steps[-1].step == "converting")
    return steps


def kept():
    """Files of the unfinished pull."""
    return installation.staging_of(catalogue.unlisted(NAME)) / "checkpoint"


def refused(kind):
    """A pull that must fail with this error, and leave no model behind."""
    with pytest.raises(kind) as caught:
        pull()
    assert installation.installed(catalogue.unlisted(NAME)) is None
    assert caught.value.message("fr") != caught.value.message("en")
    return caught.value


# -- the whole way ----------------------------------------------------------------------------------------------------


def entrefilet(*arguments, stdin="", **environment):
    done = subprocess.run(
        [sys.executable, "-m", "nlp", *map(str, arguments)],
        input=stdin, text=True, capture_output=True, cwd=ROOT, check=False,
        env=os.environ | {"HF_HUB_OFFLINE": "0", "LC_ALL": "C.UTF-8"} | environment,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_pull_list_translate_verify_remove(french_to_english, tmp_path):
    """The life of a model, each step a process of its own; without the hub once it is here."""
    checkpoint = unpacking.unpacked(store.route("fr", "en")[0]) / "checkpoint"
    repository = fake_hub.Repository(contents(checkpoint), card={"license": "cc-by-4.0", "language": ["en", "fr"]})
    places = {"ENTREFILET_MODELS": str(tmp_path / "models"), "HF_HOME": str(tmp_path / "hf")}
    with fake_hub.serve(**{NAME: repository}) as (address, _):
        code, out, err = entrefilet("models", "pull", NAME, HF_ENDPOINT=address, **places)
    assert code == 0, err
    assert out.split("\t")[:3] == [NAME, "fr → en", "installed"] and "cc-by-4.0" in out
    assert "fetching" in err and "converting" in err
    assert not (tmp_path / "hf").exists(), "nothing but the models folder is written to"
    code, out, err = entrefilet("translate", "-", "--translator", NAME, "--json", stdin="Il pleut.", **places)
    record = json.loads(out)
    assert code == 0 and record["models"]["translation"] == NAME and "rain" in record["segments"][0]["target"]
    assert entrefilet("models", "verify", NAME, **places)[1].startswith(f"{NAME}\t")
    weights = tmp_path / "models" / "Test--opus-mt-fr-en" / "checkpoint" / "model.safetensors"
    damaged = bytearray(weights.read_bytes())
    damaged[-1] ^= 1
    weights.write_bytes(damaged)
    code, _, err = entrefilet("models", "verify", NAME, **places)
    assert code == 1 and "model.safetensors" in err
    assert entrefilet("models", "remove", NAME, **places)[0] == 0
    assert NAME not in entrefilet("models", **places)[1]
    assert not [p for p in (tmp_path / "models").iterdir() if p.is_dir()]
    assert not list(Path(os.environ["ENTREFILET_CACHE"]).glob("Test--*"))


def test_an_old_repository_is_kept_as_safetensors(serve, old_toy):
    """Weights in a pickle, code beside them, a connection that breaks: what arrives is tensors, and only those."""
    extra = {"modeling_evil.py": b"raise SystemExit", "README.md": b"-", "tf_model.h5": b"-", "../out.spm": b"-"}
    repository = serve(fake_hub.Repository(old_toy | extra, cut={"pytorch_model.bin": 500_000}))
    found = pull()
    assert set(contents(found.checkpoint)) == {*old_toy, "model.safetensors"} - {"pytorch_model.bin"}
    assert found.revision == fake_hub.COMMIT and found.engine in ("ctranslate2", "transformers")
    assert repository.asked("pytorch_model.bin") == [None, "bytes=500000-"]
    assert not any(name in path for _, path, _ in repository.requests for name in extra)
    assert not (installation.models_folder() / "out.spm").exists()
    entry = catalogue.entry(NAME)
    assert (entry.source, entry.target, entry.preference) == ("fr", "en", 3)
    assert store.ready(entry) and store.route("fr", "en") == (entry,), "what the reader added comes first"
    before = len(repository.requests)
    assert pull() == found and len(repository.requests) == before, "what is here is not asked for again"
    (found.checkpoint / "vocab.json").write_bytes(b"{}")
    pull_but_convert()
    assert len(repository.asked("vocab.json")) == 2, "a damaged file is fetched again"
    assert len(repository.asked("source.spm")) == 1, "and an intact one is not"
    assert not store.ready(entry), "nor is a damaged model used"
    installation.remove(entry)
    assert not kept().exists() and entry not in catalogue.entries()


def test_two_processes_fetch_a_model_once(toy, tmp_path):
    repository = fake_hub.Repository(toy, pause=0.02)
    places = {"ENTREFILET_MODELS": str(tmp_path / "models"), "HF_HOME": str(tmp_path / "hf")}
    with fake_hub.serve(**{NAME: repository}) as (address, _):
        results = []
        run = [
            threading.Thread(
                target=lambda: results.append(entrefilet("models", "pull", NAME, HF_ENDPOINT=address, **places))
            )
            for _ in range(2)
        ]
        for thread in run:
            thread.start()
        for thread in run:
            thread.join()
    assert [code for code, _, _ in results] == [0, 0], results
    assert len(repository.asked("model.safetensors")) == 1


# -- stops and cuts ---------------------------------------------------------------------------------------------------


def test_cancel_stops_a_slow_pull_and_the_next_goes_on_from_there(serve, toy):
    repository = serve(fake_hub.Repository(toy, pause=0.01, block=10_000))
    seen = []
    with pytest.raises(errors.PullStopped) as stopped:
        pull(progress=seen.append, cancelled=lambda: seen[-1].done > 3_000_000)
    assert NAME in stopped.value.message("fr") and seen[-1].total == sum(len(c) for c in toy.values())
    part = kept() / "model.safetensors.part"
    here = part.stat().st_size
    assert 0 < here < len(toy["model.safetensors"])
    repository.pause = 0
    assert pull_but_convert()[-2].done == seen[-1].total
    assert repository.asked("model.safetensors") == [None, f"bytes={here}-"]
    assert len(repository.asked("config.json")) == 1, "complete files are not fetched again"
    assert (kept() / "model.safetensors").read_bytes() == toy["model.safetensors"]


def test_ctrl_c_says_that_the_next_pull_goes_on(toy, tmp_path):
    repository = fake_hub.Repository(toy, pause=0.05, block=10_000)
    places = {"ENTREFILET_MODELS": str(tmp_path / "models"), "HF_HOME": str(tmp_path / "hf")}
    with fake_hub.serve(**{NAME: repository}) as (address, _):
        environment = os.environ | places | {"HF_HUB_OFFLINE": "0", "HF_ENDPOINT": address, "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-m", "nlp", "models", "pull", NAME]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore Ctrl-C
        )  # fmt: skip
        lines = iter(process.stderr.readline, "")
        assert any("fetching" in line for line in lines)
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[1]
    assert process.returncode == 130 and "pull again" in rest and "Traceback" not in rest
    assert not (tmp_path / "models" / "Test--opus-mt-fr-en").exists()


def test_a_connection_that_brings_nothing_ends_the_pull(serve, toy):
    repository = serve(fake_hub.Repository(toy, cut={"model.safetensors": 0}))
    assert "model.safetensors" in refused(errors.TransferCut).message("en")
    assert len(repository.asked("model.safetensors")) == 1


def test_a_pull_behind_the_page_can_be_watched_and_cancelled(serve, toy):
    serve(fake_hub.Repository(toy, pause=0.01, block=1_000))
    begun = pulls.start(catalogue.unlisted(NAME))
    assert pulls.start(catalogue.unlisted(NAME)) is begun is pulls.state(NAME)
    while begun.progress.done == 0 and not begun.finished:
        begun.wait(0.05)
    begun.cancel()
    assert begun.wait(20)
    assert isinstance(begun.error, errors.PullStopped) and begun.progress.step == "fetching"


# -- what the hub may answer ------------------------------------------------------------------------------------------


def test_a_changed_byte_is_found_and_thrown_away(serve, toy):
    weights = bytearray(toy["model.safetensors"])
    weights[1000] ^= 1
    repository = serve(fake_hub.Repository(toy, served={"model.safetensors": bytes(weights)}))
    assert "checksum" in refused(errors.TransferDamaged).message("en")
    repository.served.clear()
    pull_but_convert()
    assert repository.asked("model.safetensors") == [None, None]


def test_small_files_are_checked_too(serve, toy):
    serve(fake_hub.Repository(toy, served={"config.json": toy["config.json"].replace(b"16", b"17")}))
    assert "config.json" in refused(errors.TransferDamaged).message("en")


@pytest.mark.parametrize("difference", [-10, 10])
def test_a_wrong_size_is_found(serve, toy, difference):
    size = len(toy["model.safetensors"])
    serve(fake_hub.Repository(toy, sizes={"model.safetensors": size + difference}))
    refused(errors.TransferCut if difference > 0 else errors.TransferDamaged)


@pytest.mark.parametrize(
    ("status", "headers", "kind", "said"),
    [
        (404, {}, errors.NotOnHub, NAME),
        (401, {}, errors.AccessRefused, "HF_TOKEN"),
        (403, {"X-Error-Code": "GatedRepo"}, errors.AccessRefused, "HF_TOKEN"),
        (429, {"Retry-After": "42"}, errors.HubBusy, "42 seconds"),
        (429, {"RateLimit": '"api";r=0;t=55'}, errors.HubBusy, "55 seconds"),
        (500, {}, errors.HubFailed, "HTTP 500"),
        (503, {}, errors.HubFailed, "HTTP 503"),
    ],
)
def test_refusals_are_told_apart(serve, toy, status, headers, kind, said):
    repository = serve(fake_hub.Repository(toy, status=status, headers=headers))
    assert said in refused(kind).message("en")
    assert len(repository.requests) == 1, "nobody is asked again and again"


def test_a_refusal_in_the_middle_keeps_what_came(serve, toy):
    repository = serve(fake_hub.Repository(toy, refuses={"model.safetensors": 503}))
    assert "HTTP 503" in refused(errors.HubFailed).message("en")
    assert (kept() / "vocab.json").exists()
    repository.refuses.clear()
    pull_but_convert()
    assert len(repository.asked("vocab.json")) == 1


def test_no_connection_is_said_at_once(at_hub):
    at_hub("http://127.0.0.1:9")
    assert "127.0.0.1:9" in refused(errors.HubUnreachable).message("en")


def test_no_connection_costs_installed_models_nothing(at_hub):
    at_hub("http://127.0.0.1:9")
    refused(errors.HubUnreachable)
    assert store.route("fr", "en")[0].id == "entrefilet-fr-en"


def test_a_model_larger_than_the_disk_is_not_begun(serve, toy):
    repository = serve(fake_hub.Repository(toy, sizes={"model.safetensors": 10**16}))
    message = refused(errors.NoRoom).message("en")
    assert "10,000,000 GB" in message and "are missing" in message
    assert not repository.asked("model.safetensors")


def test_a_models_folder_that_cannot_be_written_is_said(serve, toy, monkeypatch, tmp_path):
    serve(fake_hub.Repository(toy))
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("ENTREFILET_MODELS", str(tmp_path / "file"))
    with pytest.raises(errors.StoreUnwritable, match="ENTREFILET_MODELS"):
        pull()


def test_the_token_goes_to_the_hub_and_not_beyond(serve, toy, monkeypatch):
    """The hub sends large files from elsewhere: whoever serves them must not see the reader's token."""
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    repository = serve(fake_hub.Repository(toy, elsewhere=True))
    pull_but_convert()
    assert dict(repository.tokens) == {"127.0.0.1": "Bearer hf_secret", "localhost": None}
    assert all("torch" not in agent for agent in repository.agents), "nothing is told about this machine"


# -- the reader's own hub cache, and no network -----------------------------------------------------------------------


def fill_cache(tmp_path, files):
    """Lay files out as huggingface_hub does."""
    repository = tmp_path / "hf" / "hub" / ("models--" + NAME.replace("/", "--"))
    snapshot = repository / "snapshots" / fake_hub.COMMIT
    for folder in (repository / "blobs", repository / "refs", snapshot):
        folder.mkdir(parents=True)
    (repository / "refs" / "main").write_text(fake_hub.COMMIT)
    for name, content in files.items():
        blob = repository / "blobs" / fake_hub.checksum(content)
        blob.write_bytes(content)
        (snapshot / name).symlink_to(os.path.relpath(blob, snapshot))


def test_what_the_hubs_cache_holds_is_not_fetched(serve, toy, tmp_path):
    repository = serve(fake_hub.Repository(toy))
    fill_cache(tmp_path, {"model.safetensors": toy["model.safetensors"], "vocab.json": b"stale"})
    pull_but_convert()
    assert not repository.asked("model.safetensors") and len(repository.asked("vocab.json")) == 1


def test_offline_with_the_model_in_the_hubs_cache(at_hub, toy, tmp_path, monkeypatch):
    from huggingface_hub import constants

    at_hub("http://127.0.0.1:9")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE" in refused(errors.HubOffline).message("en")
    fill_cache(tmp_path, toy)
    pull_but_convert()
    assert contents(kept()) == toy


# -- models that cannot be used ---------------------------------------------------------------------------------------


class Evil:
    def __init__(self, proof):
        self.proof = proof

    def __reduce__(self):
        return (os.system, (f"touch {self.proof}",))


def test_a_pickle_with_code_is_refused_and_not_executed(serve, old_toy, tmp_path):
    import torch

    torch.save({"model.shared.weight": Evil(tmp_path / "executed")}, tmp_path / "evil.bin")
    evil = (tmp_path / "evil.bin").read_bytes()
    serve(fake_hub.Repository(old_toy | {"pytorch_model.bin": evil}))
    refused(errors.UnsafeWeights)
    assert not (tmp_path / "executed").exists()
    assert not kept().exists(), "the pickle does not stay"


def test_whoever_reads_a_pickle_opens_no_connection_and_starts_no_program(tmp_path):
    program = """
import os, socket, subprocess
from nlp.models import pickles
pickles._forbid()
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9)), lambda: os.system("true"), lambda: subprocess.run(["true"])
):
    try:
        attempt()
    except PermissionError:
        print("forbidden")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["forbidden"] * 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"config.json": b'{"model_type": "llama"}'}, "llama"),
        ({"config.json": b"[]"}, "config.json"),
        ({"model.safetensors": None}, "model.safetensors"),
        ({"source.spm": None}, "source.spm"),
        ({"config.json": None}, "config.json"),
    ],
)
def test_what_is_no_model_of_ours_is_refused_before_its_weights_come(serve, toy, change, said):
    files = {name: content for name, content in (toy | change).items() if content is not None}
    repository = serve(fake_hub.Repository(files))
    assert said in refused(errors.UnsupportedModel).message("en")
    assert not repository.asked("model.safetensors")


def test_a_model_that_names_no_languages_asks_for_them(serve, toy):
    repository = serve(fake_hub.Repository(toy | {"tokenizer_config.json": b"{}"}))
    unknown = replace(catalogue.unlisted(NAME), id="Test/model")
    with pytest.raises(errors.UnknownPair, match="--from fr --to en"):
        pulls.pull(unknown)
    assert not repository.asked("model.safetensors")


# -- folders of the reader's own --------------------------------------------------------------------------------------


def test_a_folder_of_ones_own(at_hub, old_toy, tmp_path):
    """Added, listed, used, forgotten; its pickle is not touched."""
    at_hub("http://127.0.0.1:9")
    folder = tmp_path / "mien"
    folder.mkdir()
    for name, content in old_toy.items():
        (folder / name).write_bytes(content)
    found = installation.add(folder)
    assert found.id == "local/mien" and catalogue.entry("local/mien").source == "fr"
    entry = catalogue.entry("local/mien")
    assert store.route("fr", "en") == (entry,)
    assert store.sequence_model(entry).tokenizer.encode("Oui.")
    assert contents(folder) == old_toy
    installation.verify(entry)
    installation.remove(entry)
    assert contents(folder) == old_toy and entry not in catalogue.entries()
    with pytest.raises(errors.NotInstalled):
        installation.remove(entry)
    with pytest.raises(errors.UnknownModel):
        catalogue.entry("local/mien")


def test_a_cache_that_cannot_be_written_is_not_taken_for_the_models_folder(at_hub, old_toy, monkeypatch, tmp_path):
    at_hub("http://127.0.0.1:9")
    for name, content in old_toy.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "blocked").write_text("not a folder")
    monkeypatch.setenv("ENTREFILET_CACHE", str(tmp_path / "blocked"))
    with pytest.raises(errors.CacheUnwritable, match="ENTREFILET_CACHE"):
        installation.add(tmp_path)


def test_the_embedded_model_cannot_be_removed():
    with pytest.raises(errors.PartOfEntrefilet):
        installation.remove(catalogue.entry("entrefilet-fr-en"))


def test_no_model_is_installed_by_half(serve, toy):
    """A process that died while it wrote leaves nothing that would be used."""
    serve(fake_hub.Repository(toy))
    pull_but_convert()
    shutil.copytree(kept().parent, installation.place_of(catalogue.unlisted(NAME)))
    assert installation.installed(catalogue.unlisted(NAME)) is None
    assert store.route("fr", "en")[0].id == "entrefilet-fr-en"


def test_nothing_but_a_pull_loads_an_http_client():
    program = (
        "import sys, nlp.cli, nlp.models.pulls; print(*(m for m in ('huggingface_hub', 'httpx2') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


# -- the catalogue ----------------------------------------------------------------------------------------------------


def test_every_model_of_the_catalogue_is_described():
    ids = [entry.id for entry in catalogue.entries()]
    assert len(ids) == len(set(ids))
    for entry in catalogue.hub():
        assert entry.repository.count("/") == 1 and entry.trained_length > 0 and entry.preference in (1, 2)
        assert (entry.source == entry.target) == (entry.task is not catalogue.Task.TRANSLATION)
        assert entry.note("fr") and entry.note("en") and entry.note("fr") != entry.note("en")
    pairs = {(entry.source, entry.target) for entry in catalogue.hub()}
    for source in ("de", "es", "it", "pt", "nl", "ar", "ru", "zh", "uk"):
        assert (source, "en") in pairs
    assert catalogue.entry("Helsinki-NLP/opus-mt-fr-en").id == "opus-mt-fr-en"


@pytest.mark.parametrize("id", ["no-such-model", "a/b/c", "../x", "/nowhere", "local/none"])
def test_what_is_no_name_of_a_model_is_unknown(id):
    with pytest.raises(errors.UnknownModel):
        catalogue.entry(id)
