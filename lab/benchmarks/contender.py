"""One way of translating, alone in a process, run round after round by :mod:`lab.benchmarks.speed`.

    python -m lab.benchmarks.contender naive|batched|ours|engine CHECKPOINT CONVERTED SENTENCES

SENTENCES holds one sentence a line. Standard input and output: see :mod:`lab.benchmarks.rounds`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from lab.benchmarks.rounds import FORCED, Run, serve
from nlp.engines import Hypothesis
from nlp.engines.batching import in_groups
from nlp.models.tokenizer import MarianTokenizer
from nlp.normalization import for_model
from nlp.translation_model import BEAM, TranslationModel

_BATCH = 32


def naive(checkpoint: Path, batch: int = 1) -> Run:
    """What tutorials do: ``generate`` of Transformers in float32, one sentence a call (or ``batch`` of like length)."""
    import torch
    from transformers import MarianMTModel
    from transformers import MarianTokenizer as Tokenizer

    model = MarianMTModel.from_pretrained(checkpoint, dtype=torch.float32, local_files_only=True).eval()
    tokenizer = Tokenizer.from_pretrained(checkpoint, local_files_only=True)

    def run(sentences: Sequence[str], forced: bool) -> tuple[list[str], int]:
        order = sorted(range(len(sentences)), key=lambda k: len(sentences[k])) if batch > 1 else range(len(sentences))
        texts, tokens = [""] * len(sentences), 0
        for start in range(0, len(sentences), batch):
            group = list(order[start : start + batch])
            inputs = tokenizer([for_model(sentences[k]) for k in group], return_tensors="pt", padding=True)
            longest = inputs["input_ids"].shape[1] + FORCED if forced else 512
            with torch.inference_mode():
                found = model.generate(**inputs, num_beams=BEAM, max_length=None, max_new_tokens=longest)
            tokens += int((found[:, 1:] != model.config.pad_token_id).sum())
            for k, ids in zip(group, found, strict=True):
                texts[k] = tokenizer.decode(ids, skip_special_tokens=True)
        return texts, tokens

    return run


def engine(checkpoint: Path, converted: Path) -> Run:
    """Our engine and tokenizer alone."""
    from nlp.engines.ctranslate2 import CTranslate2Engine

    quick, tokenizer = CTranslate2Engine(converted), MarianTokenizer(checkpoint)

    def as_long_as_forced(group: list[Sequence[int]]) -> list[Hypothesis]:
        return quick.generate(group, beam=BEAM, longest=max(map(len, group)) + FORCED)

    def run(sentences: Sequence[str], forced: bool) -> tuple[list[str], int]:
        batch = [tokenizer.encode(for_model(sentence)) for sentence in sentences]
        found = in_groups(batch, as_long_as_forced) if forced else quick.generate(batch, beam=BEAM)
        return [tokenizer.decode(hypothesis) for hypothesis in found], sum(map(len, found))

    return run


def ours(checkpoint: Path, converted: Path) -> Run:
    """The whole of :class:`nlp.translation.Translator`: windows, opening first, second decodings, checks."""
    from lab.evaluation.translation import translated
    from nlp.engines.ctranslate2 import CTranslate2Engine
    from nlp.translation import Translator

    quick, tokenizer = CTranslate2Engine(converted), MarianTokenizer(checkpoint)

    def run(sentences: Sequence[str], forced: bool) -> tuple[list[str], int]:
        if forced:
            raise ValueError("noise would be asked for twice")
        model = TranslationModel("ours", "fr", "en", tokenizer, quick, trained_length=100)
        texts = [translation.text or "" for translation in translated(Translator((model,)), sentences)]
        return texts, sum(len(tokenizer.encode(text)) - 1 for text in texts)

    return run


def main() -> None:
    """Command line: see the module."""
    name, checkpoint, converted, file = sys.argv[1], *map(Path, sys.argv[2:5])
    run = {
        "naive": lambda: naive(checkpoint),
        "batched": lambda: naive(checkpoint, _BATCH),
        "engine": lambda: engine(checkpoint, converted),
        "ours": lambda: ours(checkpoint, converted),
    }[name]()
    serve(run, file)


if __name__ == "__main__":
    main()
