"""The pieces of a model: a SentencePiece model and the ids that Marian gives its pieces.

Ids are ``</s>`` 0, ``<unk>`` 1, the pieces in SentencePiece's order, ``<pad>`` last. CTranslate2's converter relies on
it: it drops the last row and starts decoding from zero. Both languages share one vocabulary.
"""

import io
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import sentencepiece
from numpy.typing import NDArray

END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
FILES = ("source.spm", "target.spm", "vocab.json")
_SENTENCES_TO_LEARN_FROM = 2_000_000


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
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="unigram",
        vocab_size=pieces,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        input_sentence_size=_SENTENCES_TO_LEARN_FROM,
        shuffle_input_sentence=True,
        unk_id=0,
        eos_id=1,
        pad_id=2,
        bos_id=-1,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    ordinary = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES[:2]:
        (folder / name).write_bytes(model.getvalue())
    ids = {piece: i for i, piece in enumerate([END, UNKNOWN, *ordinary, PAD])}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), "utf-8")
