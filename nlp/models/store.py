"""The models at work: which ones are ready, which way leads from one language to another, each loaded once.

What is loaded stays in memory for the whole process, up to :data:`MOST_BYTES`; beyond that the model that has not
been asked for longest is let go (whoever still works with it keeps it until done). A model that turned out damaged is
not tried again, and the next best one takes its place.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from nlp.errors import CorruptModel, NotInstalled, NoTranslator
from nlp.models import loading
from nlp.models.catalogue import Entry, Hub, Task, entries
from nlp.models.loading import SequenceModel
from nlp.notices import Notice
from nlp.translation import Translator
from nlp.translation_model import TranslationModel

MOST_BYTES = 1_500_000_000
"""Of loaded models, as they lie on disk."""

_BRIDGE = "en"
_STANDARD = 1

_lock = threading.RLock()
_loaded: "OrderedDict[str, tuple[SequenceModel, TranslationModel]]" = OrderedDict()
_refused: dict[str, CorruptModel] = {}


def ready(entry: Entry) -> bool:
    """Whether a model can be used now, without any network."""
    return loading.present(entry) and loading.signature(entry) not in _refused


def route(source: str, target: str, chosen: Entry | None = None) -> tuple[Entry, ...]:
    """The models through which to translate.

    Args:
        source, target: language codes.
        chosen: a model that the reader insists on.

    Returns:
        The best model for the pair; if there is none, the best one into English and the best one out of it.

    Raises:
        NoTranslator: none of that is ready, or the chosen model leads elsewhere.
        NotInstalled: the chosen model is not on this machine.
    """
    if chosen is not None:
        if not loading.present(chosen):
            raise NotInstalled(id=chosen.id)
        if chosen.task is not Task.TRANSLATION or chosen.target != target:
            raise NoTranslator(source=source, target=target)
        return (chosen,)
    for legs in _ways(source, target):
        best = tuple(_best(*leg) for leg in legs)
        if all(best):
            return tuple(entry for entry in best if entry)
    raise NoTranslator(source=source, target=target)


def leads(source: str, target: str, chosen: Entry | None = None) -> bool:
    """Whether there is a :func:`route`."""
    try:
        route(source, target, chosen)
    except (NoTranslator, NotInstalled):
        return False
    return True


def missing(source: str, target: str) -> tuple[Hub, ...]:
    """The standard models of the catalogue that a pair of languages needs and that are not here yet.

    The direct one where the catalogue has it, otherwise those through English; none if the catalogue cannot help.
    """
    standard = {
        (entry.source, entry.target): entry
        for entry in entries()
        if isinstance(entry, Hub) and entry.task is Task.TRANSLATION and entry.preference == _STANDARD
    }
    for legs in _ways(source, target):
        if all(leg in standard or _best(*leg) for leg in legs):
            return tuple(standard[leg] for leg in legs if leg in standard and not ready(standard[leg]))
    return ()


def translator(way: Sequence[Entry]) -> Translator:
    """The translator through these models, each loaded at its first use.

    Raises:
        CorruptModel, CacheUnwritable: see :func:`nlp.models.loading.load`.
    """
    return Translator(tuple(_loaded_model(entry)[1] for entry in way))


def best_translator(source: str, target: str, chosen: Entry | None = None) -> tuple[Translator, tuple[Notice, ...]]:
    """The best translator that is ready and sound, and what the reader should know of it.

    Raises:
        NoTranslator, NotInstalled: see :func:`route`.
        CorruptModel: the chosen model, or the only one that there was, is damaged.
        CacheUnwritable: see :func:`nlp.models.loading.load`.
    """
    refused: list[CorruptModel] = []
    while True:
        try:
            way = route(source, target, chosen)
        except NoTranslator:
            raise (refused[-1] if refused else NoTranslator(source=source, target=target)) from None
        try:
            found = translator(way)
        except CorruptModel as error:
            if chosen:
                raise
            refused.append(error)
            continue
        notices = [Notice("model-refused", f"{e.values['id']}: {e.values['reason']}") for e in refused]
        notices += [Notice("draft-model", entry.id) for entry in way if entry.draft]
        if len(way) > 1:
            notices.append(Notice("through-english", found.id))
        return found, tuple(notices)


def sequence_model(entry: Entry) -> SequenceModel:
    """Tokenizer and engine of any model that is ready, loaded at its first use.

    Raises:
        CorruptModel, CacheUnwritable: see :func:`nlp.models.loading.load`.
    """
    return _loaded_model(entry)[0]


def _loaded_model(entry: Entry) -> tuple[SequenceModel, TranslationModel]:
    with _lock:
        signature = loading.signature(entry)
        if signature in _refused:
            raise _refused[signature]
        if signature not in _loaded:
            try:
                model = loading.load(entry)
            except CorruptModel as error:
                _refused[signature] = error
                raise
            _loaded[signature] = (
                model,
                TranslationModel(
                    entry.id,
                    entry.source,
                    entry.target,
                    model.tokenizer,
                    model.engine,
                    entry.trained_length,
                    entry.prefix,
                ),
            )
        _loaded.move_to_end(signature)
        while len(_loaded) > 1 and sum(model.bytes for model, _ in _loaded.values()) > MOST_BYTES:
            _loaded.popitem(last=False)
        return _loaded[signature]


def _ways(source: str, target: str) -> list[list[tuple[str, str]]]:
    """The pairs of languages to go through: directly, else through English."""
    ways = [[(source, target)]]
    if _BRIDGE not in (source, target):
        ways.append([(source, _BRIDGE), (_BRIDGE, target)])
    return ways


def _best(source: str, target: str) -> Entry | None:
    """The most preferred translation model for a pair that is ready."""
    candidates = [
        entry
        for entry in entries()
        if entry.task is Task.TRANSLATION and (entry.source, entry.target) == (source, target) and ready(entry)
    ]
    return max(candidates, key=lambda entry: entry.preference, default=None)
