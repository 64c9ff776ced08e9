"""The reference engine: Transformers in float32. Slow on a CPU, where quick engines are held to it; quick on a GPU."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForSeq2SeqLM, GenerationConfig
from transformers.utils.logging import disable_progress_bar

from nlp.engines import Hypothesis, longest_output
from nlp.engines.batching import in_groups

# What of a checkpoint's generation settings says which tokens mean what. The rest (a least length, a length penalty,
# five beams …) is one publisher's taste and would make two engines disagree.
_TOKENS = (
    "bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id", "forced_bos_token_id", "bad_words_ids",
)  # fmt: skip


def pretrained(folder: Path, kind: Any = AutoModelForSeq2SeqLM) -> Any:
    """The float32 network of a checkpoint folder, as an object of Transformers.

    Half-precision weights become float32 ones before anything rounds them again.

    Args:
        folder: holds ``config.json`` and ``model.safetensors``; nothing is looked up anywhere else.
        kind: the class of Transformers that reads it.

    Raises:
        OSError: a file is missing.
        ValueError: the weights are incomplete: what is missing would be random.
    """
    disable_progress_bar()  # type: ignore[no-untyped-call]
    model, loading = kind.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True, use_safetensors=True, output_loading_info=True
    )
    if loading["missing_keys"]:
        raise ValueError(f"weights are missing: {', '.join(sorted(loading['missing_keys'])[:3])}")
    return model


class TransformersEngine:
    """A checkpoint folder in the Hugging Face layout, with safetensors weights.

    Args:
        folder: see :func:`pretrained`.
        device: "cpu", "cuda" or "mps".

    Raises:
        OSError, ValueError: see :func:`pretrained`.
    """

    def __init__(self, folder: Path, device: str = "cpu") -> None:
        model = pretrained(folder)
        tokens = {name: getattr(model.generation_config, name) for name in _TOKENS}
        model.generation_config = GenerationConfig(**tokens)  # type: ignore[no-untyped-call]
        self._model = model.to(device).eval()
        self._device = device
        self._lock = threading.Lock()

    def generate(
        self, batch: Sequence[Sequence[int]], *, beam: int, no_repeat_ngram: int = 0, longest: int | None = None
    ) -> list[Hypothesis]:
        """See :meth:`nlp.engines.Engine.generate`."""
        found = in_groups(batch, lambda group: self._generate(group, beam, 1, no_repeat_ngram, longest))
        return [hypotheses[0] for hypotheses in found]

    def alternatives(self, batch: Sequence[Sequence[int]], *, beam: int) -> list[list[Hypothesis]]:
        """See :meth:`nlp.engines.Engine.alternatives`."""
        return in_groups(batch, lambda group: self._generate(group, beam, beam, 0, None))

    def _generate(
        self, batch: Sequence[Sequence[int]], beam: int, kept: int, no_repeat_ngram: int, longest: int | None
    ) -> list[list[Hypothesis]]:
        """The ``kept`` best hypotheses for every sequence of one batch, padded to its longest sequence."""
        settings = self._model.generation_config
        longest = longest or longest_output(max(map(len, batch)))
        if positions := getattr(self._model.config, "max_position_embeddings", None):
            longest = min(longest, positions - 1)
        source, mask = self._padded(batch)
        with self._lock, torch.inference_mode():
            answers = self._model.generate(
                input_ids=source,
                attention_mask=mask,
                num_beams=beam,
                num_return_sequences=kept,
                early_stopping=beam > 1,
                do_sample=False,
                no_repeat_ngram_size=no_repeat_ngram,
                max_new_tokens=longest,
            )
        special = {settings.pad_token_id, settings.eos_token_id, settings.decoder_start_token_id}
        found = [tuple(i for i in ids if i not in special) for ids in answers.tolist()]
        return [found[k : k + kept] for k in range(0, len(found), kept)]

    def log_probabilities(self, source: Sequence[int], target: Sequence[int]) -> list[float]:
        """Natural logarithm of the probability of each token of ``target``, given those before it."""
        start = self._model.config.decoder_start_token_id
        with self._lock, torch.inference_mode():
            logits = self._model(
                input_ids=torch.tensor([list(source)], device=self._device),
                decoder_input_ids=torch.tensor([[start, *target[:-1]]], device=self._device),
            ).logits[0]
        chosen = logits.log_softmax(-1).gather(1, torch.tensor(target, device=self._device)[:, None])[:, 0]
        return [float(value) for value in chosen]

    def _padded(self, batch: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(map(len, batch))
        pad = self._model.generation_config.pad_token_id
        source = torch.tensor([[*ids, *[pad] * (longest - len(ids))] for ids in batch], device=self._device)
        mask = torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids in batch], device=self._device)
        return source, mask
