"""Text to piece ids and back, for checkpoints of the Marian kind."""

import json
from collections.abc import Sequence
from pathlib import Path

import sentencepiece


class MarianTokenizer:
    """The tokenizer of a ``MarianMTModel`` folder: two SentencePiece models and one vocabulary.

    Gives the same ids as ``transformers.MarianTokenizer``, without importing it (and PyTorch with it). Not safe
    between threads.

    Args:
        folder: holds ``source.spm``, ``target.spm`` and ``vocab.json``.

    Raises:
        OSError: a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._source = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self._target = sentencepiece.SentencePieceProcessor(model_file=str(folder / "target.spm"))
        self._ids: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
        self.pieces = [piece for piece, _ in sorted(self._ids.items(), key=lambda item: item[1])]
        self.end = self._ids["</s>"]
        self.unknown = self._ids["<unk>"]

    def encode(self, text: str) -> list[int]:
        """Piece ids of ``text``, the end mark last."""
        return [self._ids.get(piece, self.unknown) for piece in self._source.encode(text, out_type=str)] + [self.end]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece ids; end mark, padding and unknown pieces are left out."""
        pieces = [self.pieces[i] for i in ids]
        return str(self._target.decode([p for p in pieces if not (p.startswith("<") and p.endswith(">"))])).strip()
