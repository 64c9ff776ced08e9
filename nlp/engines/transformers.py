"""The reference engine: Transformers in float32. Slow on a CPU, and the standard that quick engines are held to."""

import threading
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForSeq2SeqLM

from nlp.engines import Hypothesis, longest_output


class TransformersEngine:
    """A checkpoint folder in the Hugging Face layout, with safetensors weights.

    Args:
        folder: holds ``config.json`` and ``model.safetensors``; nothing is looked up anywhere else.
    """

    def __init__(self, folder: Path) -> None:
        self._model = AutoModelForSeq2SeqLM.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
        ).eval()
        self._lock = threading.Lock()

    def generate(self, batch: Sequence[Sequence[int]], *, beam: int, no_repeat_ngram: int = 0) -> list[Hypothesis]:
        """See :meth:`nlp.engines.Engine.generate`. The whole batch is padded to its longest sequence."""
        config = self._model.config
        source, mask = self._padded(batch)
        with self._lock, torch.inference_mode():
            output = self._model.generate(
                input_ids=source,
                attention_mask=mask,
                num_beams=beam,
                do_sample=False,
                no_repeat_ngram_size=no_repeat_ngram,
                max_new_tokens=longest_output(source.shape[1]),
                return_dict_in_generate=True,
                output_scores=True,
            )
        special = {config.pad_token_id, config.eos_token_id, config.decoder_start_token_id}
        scores = output.sequences_scores if beam > 1 else torch.zeros(len(batch))
        return [
            Hypothesis(tuple(i for i in ids if i not in special), float(score))
            for ids, score in zip(output.sequences.tolist(), scores, strict=True)
        ]

    def log_probabilities(self, source: Sequence[int], target: Sequence[int]) -> list[float]:
        """Natural logarithm of the probability of each token of ``target``, given those before it."""
        start = self._model.config.decoder_start_token_id
        with self._lock, torch.inference_mode():
            logits = self._model(
                input_ids=torch.tensor([list(source)]), decoder_input_ids=torch.tensor([[start, *target[:-1]]])
            ).logits[0]
        chosen = logits.log_softmax(-1).gather(1, torch.tensor(target)[:, None])[:, 0]
        return [float(value) for value in chosen]

    def _padded(self, batch: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(map(len, batch))
        pad = self._model.config.pad_token_id
        source = torch.tensor([[*ids, *[pad] * (longest - len(ids))] for ids in batch])
        mask = torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids in batch])
        return source, mask
