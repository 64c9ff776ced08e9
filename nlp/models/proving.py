"""A freshly fetched model is tried before it counts as installed: the quick engine against the reference.

The reference is Transformers in float32. Where int8 rounding or the conversion changed the answers too much, the
model is used with the reference engine instead. Both need PyTorch and much memory for some seconds, hence a process
of its own (``python -m nlp.models.proving CHECKPOINT CONVERTED LANGUAGE PREFIX``).
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from nlp.errors import PreparationFailed, UnsupportedModel
from nlp.models.catalogue import Entry, Golden

_LONGEST = 60
_UNUSABLE = 3
_SENTENCES = {
    "ar": ("أعلنت الحكومة يوم الثلاثاء عن إصلاح جديد.", "افتُتح الجسر بعد ثلاث سنوات من الأشغال."),
    "de": ("Die Regierung kündigte am Dienstag eine Reform an.", "Die Brücke wurde nach drei Jahren eröffnet."),
    "en": ("The government announced a reform on Tuesday.", "The bridge opened after three years of works."),
    "es": ("El gobierno anunció el martes una reforma.", "El puente abrió después de tres años de obras."),
    "fr": ("Le gouvernement a annoncé mardi une réforme.", "Le pont a ouvert après trois ans de travaux."),
    "it": ("Il governo ha annunciato martedì una riforma.", "Il ponte è stato aperto dopo tre anni di lavori."),
    "nl": ("De regering kondigde dinsdag een hervorming aan.", "De brug ging na drie jaar werk open."),
    "pt": ("O governo anunciou na terça-feira uma reforma.", "A ponte abriu depois de três anos de obras."),
    "ru": ("Правительство объявило во вторник о реформе.", "Мост открылся после трёх лет работ."),
    "uk": ("Уряд оголосив у вівторок про реформу.", "Міст відкрили після трьох років робіт."),
    "zh": ("政府星期二宣布了一项改革。", "这座桥经过三年施工后通车。"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome: ``engine`` that is to be used ("ctranslate2" or "transformers"), and what the reference said."""

    engine: str
    golden: tuple[Golden, ...]


def prove(entry: Entry, checkpoint: Path, converted: Path | None) -> Proof:
    """Try a model in a child process.

    Args:
        entry: the model.
        checkpoint: its folder, with safetensors weights.
        converted: its CTranslate2 form, or None where conversion failed.

    Raises:
        UnsupportedModel: the reference engine cannot run it either.
        PreparationFailed: the child died, for lack of memory perhaps.
    """
    arguments = (str(checkpoint.absolute()), str((converted or Path()).absolute()), entry.source, entry.prefix)
    child = subprocess.run(
        [sys.executable, "-m", "nlp.models.proving", *arguments],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"HF_HUB_OFFLINE": "1", "DISABLE_SAFETENSORS_CONVERSION": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if child.returncode:
        reason = (child.stderr.strip().splitlines() or [f"exit status {child.returncode}"])[-1]
        raise (UnsupportedModel if child.returncode == _UNUSABLE else PreparationFailed)(id=entry.id, reason=reason)
    found = json.loads(child.stdout)
    golden = (Golden(g["source"], tuple(g["target"]), tuple(g["log_probabilities"])) for g in found["golden"])
    return Proof(found["engine"] if converted else "transformers", tuple(golden))


def _proof(checkpoint: Path, converted: Path, language: str, prefix: str) -> Proof:
    from nlp.engines.ctranslate2 import CTranslate2Engine
    from nlp.engines.transformers import TransformersEngine
    from nlp.models.loading import agrees
    from nlp.models.tokenizer import MarianTokenizer, sequence_tokenizer

    tokenizer = MarianTokenizer(checkpoint) if (checkpoint / "source.spm").exists() else sequence_tokenizer(checkpoint)
    end = json.loads((checkpoint / "config.json").read_text("utf-8"))["eos_token_id"]
    reference = TransformersEngine(checkpoint)
    sentences = [prefix + sentence for sentence in _SENTENCES.get(language, _SENTENCES["en"])]
    sources = [tokenizer.encode(sentence) for sentence in sentences]
    answers = [(*h.ids, end) for h in reference.generate(sources, beam=1, longest=_LONGEST)]
    golden = tuple(
        Golden(sentence, answer, tuple(reference.log_probabilities(source, answer)))
        for sentence, source, answer in zip(sentences, sources, answers, strict=True)
    )
    if not (converted / "model.bin").exists():
        return Proof("transformers", golden)
    quick = CTranslate2Engine(converted).generate(sources, beam=1, longest=_LONGEST)
    agreed = all(agrees(answer[:-1], hypothesis.ids) for answer, hypothesis in zip(answers, quick, strict=True))
    return Proof("ctranslate2" if agreed else "transformers", golden)


if __name__ == "__main__":
    try:
        proof = _proof(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    except (ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}".replace("\n", " ") + "\n")
        sys.exit(_UNUSABLE)
    sys.stdout.buffer.write(json.dumps(asdict(proof)).encode())
