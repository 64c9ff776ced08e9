"""Pack a trained checkpoint into ``nlp/weights``: int8 rows, checksums, golden sentences.

    python -m lab.training.pack CHECKPOINT nlp/weights/fr-en --card card.toml

CHECKPOINT is a ``MarianMTModel`` folder (Hugging Face layout); the card's TOML gives what only people know: id,
languages, version, licence, trained_length, scores, remark, draft, and the sentences to test with. ``source.spm``
serves as ``target.spm`` too where both are the same.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
import tomllib
from pathlib import Path

from safetensors.numpy import load_file, save_file

from nlp.engines.transformers import TransformersEngine
from nlp.models.quantization import quantized
from nlp.models.tokenizer import MarianTokenizer
from nlp.models.unpacking import write_checkpoint
from nlp.normalization import for_model

_COPIED = ("config.json", "generation_config.json", "tokenizer_config.json", "vocab.json", "source.spm")


def pack(checkpoint: Path, folder: Path, card: dict[str, object]) -> None:
    """Write the packed model and its ``card.json`` into ``folder``.

    Args:
        checkpoint: folder with config.json, model.safetensors, source.spm, target.spm, vocab.json.
        folder: made if it does not exist; files of the same names are replaced.
        card: the fields of :class:`nlp.models.catalogue.Entry` that are not computed here, and ``sentences``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = list(_COPIED)
    if (checkpoint / "source.spm").read_bytes() != (checkpoint / "target.spm").read_bytes():
        names.append("target.spm")
    for name in names:
        shutil.copyfile(checkpoint / name, folder / name)
    save_file(quantized(load_file(checkpoint / "model.safetensors")), folder / "model.safetensors", {"format": "pt"})
    names.append("model.safetensors")
    sentences = card.pop("sentences")
    assert isinstance(sentences, list)
    card["sha256"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(names)}
    card["golden"] = _golden(folder, sentences)
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _golden(folder: Path, sentences: list[str]) -> list[dict[str, object]]:
    """Greedy translations by the float32 model of the packed weights, with their log-probabilities."""
    with tempfile.TemporaryDirectory() as temporary:
        checkpoint = Path(temporary) / "checkpoint"
        write_checkpoint(folder, checkpoint)
        tokenizer, engine = MarianTokenizer(checkpoint), TransformersEngine(checkpoint)
        golden: list[dict[str, object]] = []
        for sentence in map(for_model, sentences):
            source = tokenizer.encode(sentence)
            target = [*engine.generate([source], beam=1)[0], tokenizer.end]
            values = [round(value, 4) for value in engine.log_probabilities(source, target)]
            golden.append({"source": sentence, "target": target, "log_probabilities": values})
    return golden


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Pack a trained checkpoint into nlp/weights.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--card", type=Path, required=True)
    arguments = parser.parse_args()
    pack(arguments.checkpoint, arguments.folder, tomllib.loads(arguments.card.read_text("utf-8")))


if __name__ == "__main__":
    main()
