"""Train a French-English model: see ``README.md`` beside this file.

    python -m lab.training --config run.toml --work DIR --corpora DIR --eval DIR [prepare] [align] [train] [export]

Without stages, all of them. A stage whose output exists is skipped, and training goes on from its last checkpoint: the
same command resumes a run that was stopped. Ctrl-C and SIGTERM save a checkpoint first.
"""

import argparse
import json
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.training import settings as settings_file
from lab.training.settings import Settings, WrongSettings

OUTPUTS = {"prepare": "prepared.json", "align": "guide.npy", "train": "trained.json", "export": "model"}
"""What each stage writes last, in the order of the stages."""

_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Command line: see the module. Returns the exit status, 130 if training was stopped."""
    parser = argparse.ArgumentParser(prog="python -m lab.training", description="Train a French-English model.")
    parser.add_argument("--config", type=Path, required=True, help="settings, a TOML file")
    parser.add_argument("--work", type=Path, required=True, help="folder of this run, made if need be")
    parser.add_argument("--corpora", type=Path, help="folder of NAME.tsv.gz files (for prepare)")
    parser.add_argument("--eval", type=Path, help="folder of NAME.fr.gz and NAME.en.gz test sets (for prepare)")
    parser.add_argument("stages", nargs="*", metavar="stage", help=f"of {', '.join(OUTPUTS)} (default: all)")
    options = parser.parse_args(arguments)
    unknown = set(options.stages) - set(OUTPUTS)
    if unknown:
        parser.error(f"unknown stage {', '.join(sorted(unknown))}")
    try:
        settings = settings_file.read(options.config)
        options.work.mkdir(parents=True, exist_ok=True)
        _keep(settings, options.work)
        for stage, output in OUTPUTS.items():
            if options.stages and stage not in options.stages:
                continue
            if (options.work / output).exists():
                print(f"{stage}: {output} is there", flush=True)
            elif not _run(stage, options, settings):
                return _INTERRUPTED
    except (OSError, ValueError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _keep(settings: Settings, work: Path) -> None:
    """Remember the settings of a run, and refuse to go on with others: its parts would not belong together."""
    file, values = work / "settings.json", settings.as_json()
    if not file.exists():
        file.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    elif json.loads(file.read_text("utf-8")) != values:
        raise WrongSettings(f"{work} was begun with other settings ({file}); choose another --work")


def _run(stage: str, options: argparse.Namespace, settings: Settings) -> bool:
    """Run one stage; False if it was stopped before its end."""
    # Imported here: what is skipped need not wait for PyTorch, and preparing needs none.
    work: Path = options.work
    print(f"{stage} …", flush=True)
    match stage:
        case "prepare":
            from lab.training import corpus

            if options.corpora is None or options.eval is None:
                raise WrongSettings("prepare needs --corpora and --eval")
            if settings.start is not None:
                _unpack(settings.start, work / "start")
            corpus.prepare(work, settings, options.corpora, options.eval)
        case "align":
            from lab.training import alignment

            if settings.training.guide:
                alignment.align(work)
            else:
                print("training.guide is 0: no alignment needed")
        case "train":
            from lab.training.train import train

            with _stop_requests() as requests:
                return train(work, settings, stopped=lambda: bool(requests))
        case "export":
            from lab.training.export import export

            if not (work / OUTPUTS["train"]).exists():
                raise RuntimeError("export needs a run that is trained to its end")
            export(work, settings)
    return True


@contextmanager
def _stop_requests() -> Iterator[list[int]]:
    """Collects Ctrl-C and SIGTERM, which would otherwise end the program in the middle of a step."""
    requests: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda received, _: requests.append(received)) for number in numbers]
    try:
        yield requests
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _unpack(start: Path, checkpoint: Path) -> None:
    """Keep a copy of the start in the run: packed weights unpacked, a checkpoint as it is."""
    if checkpoint.exists():
        shutil.rmtree(checkpoint)
    if (start / "card.json").exists():
        from nlp.models.unpacking import write_checkpoint

        write_checkpoint(start, checkpoint)
    else:
        shutil.copytree(start, checkpoint)


if __name__ == "__main__":
    sys.exit(main())
