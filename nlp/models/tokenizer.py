"""Text to piece ids and back, as checkpoints of several kinds want it."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import sentencepiece
import tokenizers
from tokenizers.processors import RobertaProcessing

UNREADABLE = "\ufffd"
"""What :class:`FastTokenizer` and :class:`SentencePieceTokenizer` write for a piece that stands for unknown letters."""


class Tokenizer(Protocol):
    """What every tokenizer here does."""

    def encode(self, text: str) -> list[int]:
        """Piece ids of ``text``, with the marks at its ends that the model expects."""
        ...

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece ids, without marks, padding and unknown pieces."""
        ...


class MarianTokenizer:
    """The tokenizer of a ``MarianMTModel`` folder: two SentencePiece models and one vocabulary, or two.

    Gives the same ids as ``transformers.MarianTokenizer``, without importing it (and PyTorch with it).

    Args:
        folder: holds ``source.spm``, ``target.spm`` and ``vocab.json``; ``target_vocab.json`` where the target
            has a vocabulary of its own.

    Raises:
        OSError: a file is missing.
        KeyError, ValueError, RuntimeError: a file is not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        self._source = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self._target = sentencepiece.SentencePieceProcessor(model_file=str(folder / "target.spm"))
        self._ids: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
        target = folder / "target_vocab.json"
        target_ids = json.loads(target.read_text("utf-8")) if target.exists() else self._ids
        self._pieces: dict[int, str] = {
            i: piece for piece, i in target_ids.items() if piece not in _MARKS and not _TARGET_TOKEN.fullmatch(piece)
        }
        self.end = self._ids["</s>"]
        self.unknown = self._ids["<unk>"]

    @property
    def size(self) -> int:
        """Pieces in the vocabulary of the source, marks included."""
        return len(self._ids)

    def encode(self, text: str) -> list[int]:
        """Piece ids of ``text``, the end mark last.

        Models for several languages want to be told the target first: ">>por<<" is then a piece of its own.
        """
        ids = []
        first = _TARGET_TOKEN.match(text)
        if first and first[0] in self._ids:
            ids, text = [self._ids[first[0]]], text[first.end() :]
        ids += [self._ids.get(piece, self.unknown) for piece in self._source.encode(text, out_type=str)]
        return [*ids, self.end]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece ids; end mark, padding, unknown pieces and target tokens are left out."""
        return str(self._target.decode([self._pieces[i] for i in ids if i in self._pieces])).strip()


_MARKS = frozenset({"</s>", "<unk>", "<pad>", "<s>"})
_TARGET_TOKEN = re.compile(r">>[^<>\s]+<<")


class FastTokenizer:
    """The tokenizer of a checkpoint that has a ``tokenizer.json``, or BART's ``vocab.json`` and ``merges.txt``.

    Runs the file itself, with its normalization: the classes of Transformers 5 rebuild some of them without it.

    Args:
        folder: the checkpoint.

    Raises:
        OSError: a file is missing.
        ValueError: a file is not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._tokenizer = (
                _bytewise(folder)
                if not (folder / "tokenizer.json").exists()
                else (tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")))
            )
        except (OSError, ValueError):
            raise
        except Exception as error:  # what the library raises for a damaged file has no class of its own
            raise ValueError(str(error)) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._special = {
            i for i, token in self._tokenizer.get_added_tokens_decoder().items() if token.special
        } | _marks(self._tokenizer.get_vocab())
        self._unknown = self._tokenizer.token_to_id("<unk>")

    def encode(self, text: str) -> list[int]:
        """Piece ids of ``text``, with the marks at its ends that the model expects."""
        return list(self._tokenizer.encode(text).ids)

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece ids without marks, padding and sentinels."""
        kept = [i for i in ids if i not in self._special or i == self._unknown]
        text = self._tokenizer.decode(kept, skip_special_tokens=False)
        return str(text.replace("<unk>", UNREADABLE)).strip()


class SentencePieceTokenizer:
    """The tokenizer of a BARThez, T5 or mT5 checkpoint that has nothing but its SentencePiece model.

    Args:
        folder: holds ``sentencepiece.bpe.model`` or ``spiece.model``, whose pieces must be the model's vocabulary.

    Raises:
        OSError: there is neither.
        ValueError: the pieces begin like those of no known kind, so their ids cannot be told.
    """

    def __init__(self, folder: Path) -> None:
        names = [name for name in _SENTENCEPIECE if (folder / name).exists()]
        if not names:
            raise FileNotFoundError(2, "no tokenizer", str(folder))
        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / names[0]))
        self._pieces = [self._processor.id_to_piece(i) for i in range(self._processor.get_piece_size())]
        for opening, before in _LAYOUTS:
            if tuple(self._pieces[: len(opening)]) == opening:
                self._before = [self._pieces.index(mark) for mark in before]
                break
        else:
            raise ValueError(f"{names[0]} is of an unknown kind, and there is no tokenizer.json")
        self._end = self._pieces.index("</s>")
        self._unknown = self._pieces.index("<unk>")
        self._special = _marks({piece: i for i, piece in enumerate(self._pieces)})

    def encode(self, text: str) -> list[int]:
        """Piece ids of ``text``, with the marks at its ends that the model expects."""
        ids = self._processor.encode(text)
        return [*self._before, *(self._unknown if i == self._processor.unk_id() else i for i in ids), self._end]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of piece ids without marks, padding and sentinels (T5's lie beyond the pieces)."""
        pieces = [
            UNREADABLE if i == self._unknown else self._pieces[i]
            for i in ids
            if i < len(self._pieces) and (i not in self._special or i == self._unknown)
        ]
        return str(self._processor.decode_pieces(pieces)).strip()


def sequence_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a Marian, BART, mBART, BARThez, T5 or mT5 checkpoint.

    Raises:
        OSError: its files are missing.
        KeyError, RuntimeError, ValueError: they are not what they should be, or of a kind that is not known.
    """
    if (folder / "source.spm").exists():
        return MarianTokenizer(folder)
    fast = (folder / "tokenizer.json").exists() or (folder / "merges.txt").exists()
    return FastTokenizer(folder) if fast else SentencePieceTokenizer(folder)


def _bytewise(folder: Path) -> tokenizers.Tokenizer:
    """BART's tokenizer from ``vocab.json`` and ``merges.txt``."""
    pieces = tokenizers.models.BPE.from_file(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tokenizer = tokenizers.Tokenizer(pieces)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    end, start = tokenizer.token_to_id("</s>"), tokenizer.token_to_id("<s>")
    if end is None or start is None:
        raise ValueError("vocab.json has no <s> and </s>")
    tokenizer.post_processor = RobertaProcessing(("</s>", end), ("<s>", start), add_prefix_space=False)
    return tokenizer


def _marks(ids: Mapping[str, int]) -> set[int]:
    """The ids of pieces such as <s>, <mask> or <extra_id_0>; bytes such as <0x0A> are text."""
    return {i for piece, i in ids.items() if _MARK.fullmatch(piece)}


_MARK = re.compile(r"<(?!0x)[^<>\s]+>")
_SENTENCEPIECE = ("sentencepiece.bpe.model", "spiece.model")
_LAYOUTS = ((("<s>", "<pad>", "</s>", "<unk>"), ("<s>",)), (("<pad>", "</s>", "<unk>"), ()))
"""First pieces of a model (BARThez; T5 and mT5), and the marks that its sources begin with."""
