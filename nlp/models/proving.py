"""A freshly fetched model is tried before it counts as installed: the quick engine against the reference.

The reference is Transformers in float32. Where int8 rounding or the conversion changed the answers too much, the
model is used with the reference engine instead. Both need PyTorch and much memory for some seconds, hence a process
of its own (``python -m nlp.models.proving CHECKPOINT LANGUAGE PREFIX [CONVERTED]``).
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from nlp import child
from nlp.errors import PreparationFailed, UnsupportedModel
from nlp.models.catalogue import Entry
from nlp.models.golden import Golden

_LONGEST = 60
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
    quick = (converted,) if converted else ()
    try:
        found = json.loads(child.run("nlp.models.proving", checkpoint, entry.source, entry.prefix, *quick))
    except child.Refused as refusal:
        raise UnsupportedModel(id=entry.id, reason=refusal) from refusal
    except OSError as error:
        raise PreparationFailed(id=entry.id, reason=error.strerror or error) from error
    return Proof(found["engine"], tuple(map(Golden.read, found["golden"])))


def _proof(checkpoint: Path, language: str, prefix: str, converted: Path | None = None) -> Proof:
    from nlp.engines.ctranslate2 import CTranslate2Engine
    from nlp.engines.transformers import TransformersEngine
    from nlp.models.tokenizer import sequence_tokenizer

    tokenizer = sequence_tokenizer(checkpoint)
    end = json.loads((checkpoint / "config.json").read_text("utf-8"))["eos_token_id"]
    reference = TransformersEngine(checkpoint)
    sentences = [prefix + sentence for sentence in _SENTENCES.get(language, _SENTENCES["en"])]
    sources = [tokenizer.encode(sentence) for sentence in sentences]
    answers = [(*hypothesis, end) for hypothesis in reference.generate(sources, beam=1, longest=_LONGEST)]
    golden = tuple(
        Golden(sentence, answer, tuple(reference.log_probabilities(source, answer)))
        for sentence, source, answer in zip(sentences, sources, answers, strict=True)
    )
    if converted is None:
        return Proof("transformers", golden)
    quick = CTranslate2Engine(converted).generate(sources, beam=1, longest=_LONGEST)
    agreed = all(expected.agrees(hypothesis) for expected, hypothesis in zip(golden, quick, strict=True))
    return Proof("ctranslate2" if agreed else "transformers", golden)


if __name__ == "__main__":
    with child.refusing(ValueError, KeyError, TypeError, AttributeError, ImportError):
        checkpoint, language, prefix, *converted = sys.argv[1:]
        proof = _proof(Path(checkpoint), language, prefix, *map(Path, converted))
    json.dump(asdict(proof), sys.stdout)
