"""One way of translating, alone in a process, run round after round by :mod:`lab.benchmarks.speed`.

    python -m lab.benchmarks.contender naive|batched|ours|engine CHECKPOINT CONVERTED SENTENCES

SENTENCES holds one sentence a line. Each line on standard input asks for one round: "forced" makes every answer as
long as its source and :data:`FORCED` tokens more, for weights that know no end. The reply is a JSON object with the
seconds that it took on the wall and of the processor, the tokens that came out, the translations, and the peak of the
process's memory in megabytes.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nlp.engines import Engine, Hypothesis
from nlp.engines.batching import by_length
from nlp.models.tokenizer import MarianTokenizer
from nlp.normalization import for_model
from nlp.translation_model import BEAM, TranslationModel

FORCED = 4
_BATCH = 32

Run = Callable[[Sequence[str], bool], tuple[list[str], int]]
"""Sentences, and whether lengths are forced -> translations, and tokens that came out."""


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

    def run(sentences: Sequence[str], forced: bool) -> tuple[list[str], int]:
        batch = [tokenizer.encode(for_model(sentence)) for sentence in sentences]
        found = _forced(quick, batch) if forced else quick.generate(batch, beam=BEAM)
        return [tokenizer.decode(hypothesis.ids) for hypothesis in found], sum(len(h.ids) for h in found)

    return run


def _forced(quick: Engine, batch: Sequence[Sequence[int]]) -> list[Hypothesis]:
    """The engine's groups, each with the length that its longest source forces."""
    found: dict[int, Hypothesis] = {}
    for group in by_length(batch):
        longest = max(len(batch[k]) for k in group) + FORCED
        found |= zip(group, quick.generate([batch[k] for k in group], beam=BEAM, longest=longest), strict=True)
    return [found[k] for k in range(len(batch))]


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


def peak_megabytes() -> float:
    """Most memory that this process has held (on Linux getrusage would count its parent's before it began)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Command line: see the module."""
    name, checkpoint, converted, file = sys.argv[1], *map(Path, sys.argv[2:5])
    run = {
        "naive": lambda: naive(checkpoint),
        "batched": lambda: naive(checkpoint, _BATCH),
        "engine": lambda: engine(checkpoint, converted),
        "ours": lambda: ours(checkpoint, converted),
    }[name]()
    sentences = file.read_text("utf-8").splitlines()
    for order in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        texts, tokens = run(sentences, order.strip() == "forced")
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        found = {"seconds": seconds, "cpu": cpu, "tokens": tokens, "texts": texts, "megabytes": peak_megabytes()}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
