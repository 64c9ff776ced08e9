"""The pieces of a model: a SentencePiece model and the ids that Marian gives its pieces.

Ids are ``</s>`` 0, ``<unk>`` 1, the pieces in SentencePiece's order, ``<pad>`` last. CTranslate2's converter relies on
it: it drops the last row and starts decoding from zero. Both languages share one vocabulary.
"""

import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import sentencepiece
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2 as protocol

END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
FILES = ("source.spm", "target.spm", "vocab.json")
_SENTENCES_TO_LEARN_FROM = 2_000_000
_NORMALIZATION = "nmt_nfkc"
_SPACE = "▁"
_ALWAYS = re.compile("[!-~¡-ɏ‐-⁄₠-⃀]?")
"""What stays in a pruned vocabulary though no sentence needs it: space, Latin letters, signs, currencies."""


class Vocabulary:
    """Texts to piece ids.

    Args:
        folder: holds ``source.spm``, ``target.spm`` and ``vocab.json``.

    Raises:
        OSError: a file is missing.
        ValueError: the ids are not in Marian's order, or do not fit into 16 bits.
    """

    def __init__(self, folder: Path) -> None:
        ids: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
        self.size = len(ids)
        self.end, self.unknown, self.pad = 0, 1, self.size - 1
        if [ids.get(END), ids.get(UNKNOWN), ids.get(PAD)] != [self.end, self.unknown, self.pad]:
            raise ValueError(f"{folder}: {END} must be 0, {UNKNOWN} 1 and {PAD} last")
        if self.size > np.iinfo(np.uint16).max:
            raise ValueError(f"{folder}: more than {np.iinfo(np.uint16).max} pieces")
        self._processors = [sentencepiece.SentencePieceProcessor(model_file=str(folder / name)) for name in FILES[:2]]
        self._tables = [
            np.array([ids.get(p.id_to_piece(i), self.unknown) for i in range(p.get_piece_size())], np.uint16)
            for p in self._processors
        ]

    def encode_sources(self, texts: list[str]) -> list[NDArray[np.uint16]]:
        """Piece ids of each text, the end mark last."""
        return self._encode(0, texts)

    def encode_targets(self, texts: list[str]) -> list[NDArray[np.uint16]]:
        """Piece ids of each text, the end mark last."""
        return self._encode(1, texts)

    def _encode(self, side: int, texts: list[str]) -> list[NDArray[np.uint16]]:
        table, end = self._tables[side], np.uint16(self.end)
        return [np.append(table[ids], end) for ids in self._processors[side].encode(texts)]


def copy(checkpoint: Path, folder: Path) -> None:
    """Take over the vocabulary of a checkpoint; the target's pieces are the source's where it has no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shared = name == "target.spm" and not (checkpoint / name).exists()
        shutil.copyfile(checkpoint / ("source.spm" if shared else name), folder / name)


def learn(sentences: Iterable[str], pieces: int, folder: Path) -> None:
    """Learn a vocabulary from text of both languages.

    Args:
        sentences: normalised text.
        pieces: how many at most, the three special ones included; little text gives fewer.
        folder: made if it does not exist.
    """
    model = _trained(sentences, pieces)
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    ordinary = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
    _write(model, ordinary, folder)


def prune(
    pieces: Sequence[str], scores: Sequence[float], sentences: Iterable[str], count: int, folder: Path
) -> NDArray[np.int64]:
    """Keep what sentences need of another model's unigram vocabulary.

    Args:
        pieces, scores: the vocabulary, without its special pieces.
        sentences: normalised text of both languages.
        count: pieces to keep, the three special ones included: the most frequent. Single characters come on top, so
            that there is nearly always a way to spell a word.
        folder: made if it does not exist.

    Returns:
        Positions in ``pieces`` of those that were kept, ascending, as the ids in ``folder`` are.
    """
    whole = sentencepiece.SentencePieceProcessor(model_proto=_unigram(pieces, scores))
    frequency: Counter[int] = Counter()
    for sentence in sentences:
        frequency.update(whole.encode(sentence))
    ranked = sorted((-times, i - 3) for i, times in frequency.items() if i >= 3)
    kept = {i for _, i in ranked[: count - 3]}
    kept.update(i for i, piece in enumerate(pieces) if _ALWAYS.fullmatch(piece.removeprefix(_SPACE)))
    chosen = np.array(sorted(kept))
    ordinary = [pieces[i] for i in chosen]
    _write(_unigram(ordinary, [scores[i] for i in chosen]), ordinary, folder)
    return chosen


def _unigram(pieces: Sequence[str], scores: Sequence[float]) -> bytes:
    """A SentencePiece model of these pieces, after ``<unk>``, ``</s>`` and ``<pad>``."""
    # Only training gives the compiled rules of normalisation.
    model = protocol.ModelProto.FromString(_trained(["a b"], 10))
    del model.pieces[3:]
    for piece, score in zip(pieces, scores, strict=True):
        model.pieces.add(piece=piece, score=score)
    model.trainer_spec.vocab_size = len(model.pieces)
    return model.SerializeToString()


def _trained(sentences: Iterable[str], pieces: int) -> bytes:
    """A SentencePiece model learnt from sentences, with ``<unk>``, ``</s>`` and ``<pad>`` first."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="unigram",
        vocab_size=pieces,
        hard_vocab_limit=False,
        normalization_rule_name=_NORMALIZATION,
        input_sentence_size=_SENTENCES_TO_LEARN_FROM,
        shuffle_input_sentence=True,
        unk_id=0,
        eos_id=1,
        pad_id=2,
        bos_id=-1,
        minloglevel=2,
    )
    return model.getvalue()


def _write(model: bytes, ordinary: Sequence[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES[:2]:
        (folder / name).write_bytes(model)
    ids = {piece: i for i, piece in enumerate([END, UNKNOWN, *ordinary, PAD])}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), "utf-8")
