"""Summaries and headlines in new words, by a sequence-to-sequence model, none of which is shown unchecked.

An article is cut into sections of whole sentences that fit into the model's window, each section is summarized, and
what comes of it is summarized once more where it is longer than wished (map and reduce). Nothing makes a model write
more than it has to say. Every sentence is then held against the article: it carries the passages it rests on and
marks for whatever these do not bear out, and where they do not bear it out at all the article's own words stand in
its place. A headline is one line made of the article's opening and checked alike, but nothing can stand in its place:
without support there is none.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from nlp import normalization
from nlp.article import Article, Segment
from nlp.engines import Engine
from nlp.errors import Cancelled
from nlp.models.tokenizer import UNREADABLE, Tokenizer
from nlp.notices import Notice
from nlp.segmentation import clause_spans, sentence_spans
from nlp.summarization import extractive
from nlp.summarization.evidence import Passages, Support, running_text, terms
from nlp.summarization.summary import Headline, Origin, Summary, SummarySentence
from nlp.summarization.verification import LEAST_COVERAGE, examined
from nlp.translation_model import CancelCheck

BEAM = 4
"""Hypotheses that the search keeps at each step."""

NO_REPEAT = 3
"""No run of so many pieces may occur twice in one answer."""

LONGEST = 160
"""Pieces after which an answer is cut, if its source is longer than that."""

LONGEST_HEADLINE = 64
"""As LONGEST, for a headline: those of OrangeSum have 11 words on average."""

_SENTENCES_A_SECTION = 2  # what the published news summarizers write at a time, more or less
_FEWEST_WORDS = 150  # in a smaller section than this a model soon has nothing to go by
_FILLED = 0.9  # of the window, so that sections come out about even
_READABLE_LETTERS = 3  # of a word, by which to find it in the article
_NEAR_DUPLICATE = 0.7  # Dice coefficient of content words
_GLUED = re.compile(r"(?<=[a-zà-ÿ»”\"][.!?])(?=[A-ZÀ-Ý«“][a-zà-ÿ ])")
_TERMINATED = re.compile(r"[.!?…]\W*$")


@dataclass(frozen=True, slots=True)
class Summarizer:
    """A model that rewrites, or one that writes headlines.

    Args:
        id: the model's identifier, as shown to the reader.
        language: code of the language that it reads and writes.
        tokenizer: text to piece ids and back.
        engine: piece ids to hypotheses.
        window: pieces of the longest source, marks included.
        prefix: put before every source.
    """

    id: str
    language: str
    tokenizer: Tokenizer
    engine: Engine
    window: int
    prefix: str = ""

    def summarize(
        self,
        article: Article,
        segments: Sequence[Segment],
        sentences: int | None = None,
        cancelled: CancelCheck = lambda: False,
    ) -> Summary:
        """Write a summary and check it.

        Args:
            article: the article.
            segments: all its segments; those in another language, titles, credits and captions are not read.
            sentences: at most so many; by the article's length if None, fewer where the model writes fewer.
            cancelled: looked at before each section.

        Returns:
            Sentences in the order of the article, without translations. The extractive summary, with a notice, if
            nothing that the model wrote finds support.

        Raises:
            Cancelled: between two sections, once ``cancelled()`` is true.
        """
        passages = Passages(article, running_text(article, segments, self.language), self.language)
        wanted = extractive.default_length(segments) if sentences is None else sentences
        least = 1 if sentences is None else math.ceil(sentences / _SENTENCES_A_SECTION)
        written = self._written(passages.texts, wanted, least, cancelled)
        checked = self._checked(written, passages)
        unsupported = len(written) - sum(sentence.origin is Origin.REWRITTEN for sentence in checked)
        if unsupported == len(written):
            extract = extractive.summarize(article, segments, self.language, sentences)
            return replace(extract, notices=(Notice("summary-refused", self.id),)) if passages.texts else extract
        notices = (Notice("summary-replaced", f"{unsupported}/{len(written)}"),) if unsupported else ()
        return Summary("abstractive", tuple(checked), self.id, notices)

    def headline(self, article: Article, segments: Sequence[Segment]) -> Headline | None:
        """Write a headline for an article, and check it.

        Args:
            article: the article. Only as much of its opening is read as fits into the window, in whole sentences.
            segments: all its segments; the article's own title is not read, nor is what :meth:`summarize` leaves out.

        Returns:
            One line, without a translation. None if the model finishes none, or one that the article does not support.
        """
        passages = Passages(article, running_text(article, segments, self.language), self.language)
        text, cut = self._generated(self._opening(passages.texts), LONGEST_HEADLINE)
        line = _readable(" ".join(complete_sentences(text, cut=True) if cut else text.split()), passages.texts)
        support, flags = examined(line, passages)
        if not (_is_sound(line, support) and any(c.isalpha() for c in line)):
            return None
        return Headline(line, None, support.segments, flags, Origin.REWRITTEN, model=self.id)

    def _written(self, texts: Sequence[str], wanted: int, least: int, cancelled: CancelCheck) -> list[str]:
        """What the model makes of the running text, in at most ``wanted`` sentences."""
        words = sum(len(text.split()) for text in texts)
        partials = self._partials(texts, min(least, words // _FEWEST_WORDS), cancelled, [])
        while sum(map(len, partials)) > wanted and len(partials) > 1:
            # The lead says most in news: as long as there is room for more than one part it stays as it is.
            parts = int(wanted * len(partials) / sum(map(len, partials)))
            kept = partials[:1] if parts > 1 else []
            reduced = self._partials(list(chain(*partials[len(kept) :])), parts - len(kept), cancelled, kept)
            if len(reduced) >= len(partials):
                break
            partials = reduced
        return _fairly(partials, wanted)

    def _partials(
        self, texts: Sequence[str], least: int, cancelled: CancelCheck, before: list[list[str]]
    ) -> list[list[str]]:
        """The summaries of as many sections as it takes, ``least`` of them or more, behind those that were ``before``.

        What was said before is not said again.
        """
        partials = list(before)
        for section in self._sections(texts, least):
            if cancelled():
                raise Cancelled
            fresh = [s for s in self._answer(section) if not self._repeats(s, chain(*partials))]
            if fresh:
                partials.append(fresh)
        return partials

    def _sections(self, texts: Sequence[str], least: int) -> list[str]:
        """Runs of sentences of about the same size that fit into the window, spelt for the model."""
        sentences = [piece for text in texts for piece in self._pieces(normalization.for_model(text))]
        marks = len(self._encode(""))
        sizes = [len(self._encode(sentence)) - marks + 1 for sentence in sentences]
        even = sum(sizes) / max(1, least, math.ceil(sum(sizes) / (_FILLED * self.window)))
        sections: list[list[str]] = []
        filled = 0
        for sentence, size in zip(sentences, sizes, strict=True):
            if not sections or filled + size / 2 > even or not self._fits(" ".join([*sections[-1], sentence])):
                sections.append([])
                filled = 0
            sections[-1].append(sentence)
            filled += size
        return [" ".join(section) for section in sections]

    def _opening(self, texts: Sequence[str]) -> str:
        """The first sentences, as many as fit into the window, spelt for the model."""
        opening = ""
        for text in texts:
            sentence = normalization.for_model(text)
            longer = f"{opening} {sentence}".strip()
            if not self._fits(longer):
                return opening or self._pieces(sentence)[0]
            opening = longer
        return opening

    def _pieces(self, sentence: str) -> list[str]:
        """A sentence, cut at clause boundaries if it does not fit into the window by itself."""
        return [sentence[a:b].strip() for a, b in clause_spans(sentence, self._fits) if sentence[a:b].strip()]

    def _encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(self.prefix + text)

    def _fits(self, text: str) -> bool:
        return len(self._encode(text)) <= self.window

    def _answer(self, section: str) -> list[str]:
        """The complete sentences of what the model says to a section."""
        text, cut = self._generated(section, LONGEST)
        return complete_sentences(text, cut=cut)

    def _generated(self, text: str, longest: int) -> tuple[str, bool]:
        """What the model says to a text, and whether it was cut off at its greatest length."""
        source = self._encode(text)
        longest = min(longest, len(source))
        answer = self.engine.generate([source], beam=BEAM, no_repeat_ngram=NO_REPEAT, longest=longest)[0]
        return self.tokenizer.decode(answer), len(answer) >= longest - 1

    def _repeats(self, sentence: str, others: Iterable[str]) -> bool:
        """Whether a sentence says in about the same words what another one says."""
        mine = terms(sentence, self.language)
        theirs = (terms(other, self.language) for other in others)
        return any(2 * len(mine & bag) >= _NEAR_DUPLICATE * (len(mine) + len(bag)) for bag in theirs)

    def _checked(self, written: Sequence[str], passages: Passages) -> list[SummarySentence]:
        """The sentences with their evidence and flags, unsupported ones replaced or, for want of any, left out."""
        readable = [_readable(sentence, passages.texts) for sentence in written]
        examinations = [examined(sentence, passages) for sentence in readable]
        sound = [_is_sound(sentence, support) for sentence, (support, _) in zip(readable, examinations, strict=True)]
        taken = {id for (support, _), good in zip(examinations, sound, strict=True) if good for id in support.segments}
        checked = []
        for sentence, (support, flags), good in zip(readable, examinations, sound, strict=True):
            if good:
                checked.append(SummarySentence(sentence, None, support.segments, flags, Origin.REWRITTEN))
                continue
            position = next((i for i in passages.nearest(sentence) if passages.segments[i].id not in taken), None)
            if position is not None:
                id = passages.segments[position].id
                taken.add(id)
                text = passages.texts[position]
                checked.append(SummarySentence(text, None, (id,), (Notice("replaced"),), Origin.REPLACED))
        return checked


def complete_sentences(answer: str, *, cut: bool) -> list[str]:
    """The sentences of a model's answer, without one that breaks off at its end.

    Args:
        answer: as decoded.
        cut: whether the answer was stopped by its greatest length. Otherwise a single sentence without a full stop
            is taken for what it is: some models write none.
    """
    text = _GLUED.sub(" ", " ".join(answer.split()))
    found = [text[a:b].strip() for a, b in sentence_spans(text)]
    if found and not _TERMINATED.search(found[-1]) and (cut or len(found) > 1):
        found.pop()
    return [sentence for sentence in found if any(c.isalpha() for c in sentence)]


def _is_sound(sentence: str, support: Support) -> bool:
    """Whether a sentence can be read, and says mostly what the passages that it rests on say."""
    return support.coverage >= LEAST_COVERAGE and UNREADABLE not in sentence


def _fairly(partials: Sequence[Sequence[str]], most: int) -> list[str]:
    """At most so many sentences: the first of each section, the lead's before the others', then the second of each."""
    places = [(rank, number) for number, partial in enumerate(partials) for rank in range(len(partial))]
    return [partials[number][rank] for rank, number in sorted(sorted(places)[:most], key=lambda place: place[::-1])]


def _readable(sentence: str, texts: Sequence[str]) -> str:
    """A sentence whose words with letters unknown to the model (« Isra�l ») are spelt as the article spells them."""

    def spelt(damaged: re.Match[str]) -> str:
        if len(damaged[0].replace(UNREADABLE, "")) < _READABLE_LETTERS:
            return damaged[0]
        pattern = re.escape(damaged[0]).replace(UNREADABLE, r"[^\W\d_]{1,2}")
        found = (re.search(rf"(?<!\w){pattern}(?!\w)", text) for text in texts)
        return next((match[0] for match in found if match), damaged[0])

    return re.sub(rf"\w*{UNREADABLE}[\w{UNREADABLE}]*", spelt, sentence)
