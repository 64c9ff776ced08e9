"""One translation model at work on loose sentences: cutting, decoding, a second try, and what it already knows."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from nlp import checks
from nlp.engines import Engine
from nlp.engines.batching import by_length
from nlp.errors import Cancelled
from nlp.models.tokenizer import Tokenizer
from nlp.segmentation import clause_spans

BEAM = 4
"""Hypotheses that the search keeps at each step."""

WIDE_BEAM = 8
"""Hypotheses that it keeps when it is asked again, because the best one has lost a figure or a name."""

_CACHED_SENTENCES = 20_000

CancelCheck = Callable[[], bool]
"""Tells whether the reader has asked to stop; looked at between batches."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said to one sentence.

    Attributes:
        text: the translation, in the model's spelling. Not to be shown if ``failure`` is set.
        failure: why there is none ("empty" or "loop", the kinds of a notice), or None.
        retried: whether it took a second decoding.
        pieces: into how many the sentence had to be cut.
    """

    text: str
    failure: str | None = None
    retried: bool = False
    pieces: int = 1


@dataclass(slots=True)
class TranslationModel:
    """A tokenizer, an engine, and the sentences that they have already translated.

    Args:
        id: the model's identifier, as shown to the reader.
        source, target: language codes.
        tokenizer: text to piece ids and back.
        engine: piece ids to hypotheses.
        trained_length: pieces (without end mark) beyond which a sentence is cut at clause boundaries.
        prefix: what the model wants before every source.
    """

    id: str
    source: str
    target: str
    tokenizer: Tokenizer
    engine: Engine
    trained_length: int
    prefix: str = ""
    _cache: "_SentenceCache" = field(init=False)

    def __post_init__(self) -> None:
        self._cache = _SentenceCache(_CACHED_SENTENCES)

    def answers(self, sentences: Collection[str], cancelled: CancelCheck = lambda: False) -> dict[str, Answer]:
        """The answer to every sentence.

        Args:
            sentences: in the model's spelling (:func:`nlp.normalization.for_model`); equal ones are translated once.
            cancelled: looked at before each call of the engine.

        Raises:
            Cancelled: between two calls, once ``cancelled()`` is true. What is known by then stays known.
        """
        cuts = {sentence: self._cut(sentence) for sentence in sentences}
        known = self._known({piece for cut in cuts.values() for piece in cut}, cancelled)
        return {sentence: _joined([known[piece] for piece in cut]) for sentence, cut in cuts.items()}

    def _cut(self, sentence: str) -> list[str]:
        """Pieces of a sentence within the trained length."""

        def fits(text: str) -> bool:
            return len(self.tokenizer.encode(self.prefix + text)) - 1 <= self.trained_length

        if fits(sentence):
            return [sentence]
        return [sentence[a:b].strip() for a, b in clause_spans(sentence, fits) if sentence[a:b].strip()]

    def _known(self, pieces: Collection[str], cancelled: CancelCheck) -> dict[str, Answer]:
        """Answers to pieces: known ones from the cache, the others by the engine, a bad one asked for twice."""
        answers = {piece: known for piece in pieces if (known := self._cache.get(piece))}
        unknown = sorted(set(pieces) - answers.keys())
        doubtful: dict[str, Answer] = {}
        for group in by_length([self.tokenizer.encode(self.prefix + piece) for piece in unknown]):
            if cancelled():
                raise Cancelled
            batch = [unknown[k] for k in group]
            fresh = self._decoded(batch, beam=BEAM)
            bad = [piece for piece in batch if fresh[piece].failure]
            for piece, answer in self._decoded(bad, beam=1, no_repeat_ngram=3).items():
                if not answer.failure:
                    fresh[piece] = Answer(answer.text, retried=True)
            marked = {piece for piece, answer in fresh.items() if not answer.failure and self._marks(piece, answer)}
            doubtful |= {piece: fresh.pop(piece) for piece in marked}
            answers |= self._cache.remembered(fresh)
        if doubtful and cancelled():
            raise Cancelled
        return answers | self._cache.remembered(self._improved(doubtful))

    def _decoded(self, pieces: Sequence[str], beam: int, no_repeat_ngram: int = 0) -> dict[str, Answer]:
        """The engine's best hypothesis for every piece."""
        if not pieces:
            return {}
        batch = [self.tokenizer.encode(self.prefix + piece) for piece in pieces]
        hypotheses = self.engine.generate(batch, beam=beam, no_repeat_ngram=no_repeat_ngram)
        texts = [self.tokenizer.decode(hypothesis) for hypothesis in hypotheses]
        return {piece: Answer(text, checks.failure(piece, text)) for piece, text in zip(pieces, texts, strict=True)}

    def _improved(self, doubtful: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers to pieces whose translations seem to have lost something: better ones where a wide search has any."""
        improved = dict(doubtful)
        batch = [self.tokenizer.encode(self.prefix + piece) for piece in doubtful]
        for piece, hypotheses in zip(doubtful, self.engine.alternatives(batch, beam=WIDE_BEAM), strict=True):
            found = [Answer(self.tokenizer.decode(hypothesis), retried=True) for hypothesis in hypotheses]
            improved[piece] = min(doubtful[piece], *found, key=lambda answer: self._marks(piece, answer))
        return improved

    def _marks(self, piece: str, answer: Answer) -> float:
        """How many things are to be said against an answer; infinitely many if it cannot be shown."""
        if checks.failure(piece, answer.text):
            return math.inf
        return len(checks.translation_flags(piece, answer.text, self.source, self.target))


def _joined(answers: Sequence[Answer]) -> Answer:
    """The answer to a sentence from those to its pieces; one bad piece spoils it."""
    failure = next((answer.failure for answer in answers if answer.failure), None)
    text = " ".join(answer.text for answer in answers)
    return Answer(text, failure, any(answer.retried for answer in answers), len(answers))


class _SentenceCache:
    """The latest answers of one model, least recently used dropped first. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def get(self, sentence: str) -> Answer | None:
        with self._lock:
            if sentence in self._answers:
                self._answers.move_to_end(sentence)
            return self._answers.get(sentence)

    def remembered(self, answers: dict[str, Answer]) -> dict[str, Answer]:
        """The answers, which it keeps from now on."""
        with self._lock:
            self._answers |= answers
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return answers
