"""The models at work: each loaded once for the whole process."""

import threading

from nlp.engines.ctranslate2 import CTranslate2Engine
from nlp.models.catalogue import Entry, best, entries, entry
from nlp.models.tokenizer import MarianTokenizer
from nlp.models.unpacking import unpacked
from nlp.translation import Translator

__all__ = ["Entry", "best", "entries", "entry", "translator"]

_loading = threading.Lock()
_loaded: dict[str, Translator] = {}


def translator(model: Entry) -> Translator:
    """The translator of a model, unpacked and loaded at its first use.

    Raises:
        CorruptModel, CacheUnwritable: see :func:`nlp.models.unpacking.unpacked`.
    """
    with _loading:
        if model.id not in _loaded:
            place = unpacked(model)
            tokenizer = MarianTokenizer(place / "checkpoint")
            engine = CTranslate2Engine(place / "ctranslate2", tokenizer.pieces)
            _loaded[model.id] = Translator(
                model.id, model.source, model.target, tokenizer, engine, model.trained_length
            )
        return _loaded[model.id]
