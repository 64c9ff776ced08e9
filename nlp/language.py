"""The language of a text, and of each paragraph of an article.

Built on langdetect (a port of Nakatani Shuyo's n-gram detector), with four of its habits mended: its random seed
is fixed, its profiles are loaded once and under a lock, text in capitals is lowered first (its n-grams are
case-sensitive), and only the profiles of languages that matter here are loaded: with all 55 of them short French
texts are taken for Croatian or Catalan.
"""

import threading
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from nlp.article import Article, Kind
from nlp.script import is_written_in

UNKNOWN = "und"
"""Code of a language that could not be told (ISO 639-3)."""

NAMES: dict[str, tuple[str, str]] = {
    "fr": ("French", "français"),
    "en": ("English", "anglais"),
    "de": ("German", "allemand"),
    "es": ("Spanish", "espagnol"),
    "it": ("Italian", "italien"),
    "pt": ("Portuguese", "portugais"),
    "nl": ("Dutch", "néerlandais"),
    "ca": ("Catalan", "catalan"),
    "ro": ("Romanian", "roumain"),
    "pl": ("Polish", "polonais"),
    "sv": ("Swedish", "suédois"),
    "tr": ("Turkish", "turc"),
    "ru": ("Russian", "russe"),
    "uk": ("Ukrainian", "ukrainien"),
    "bg": ("Bulgarian", "bulgare"),
    "el": ("Greek", "grec"),
    "ar": ("Arabic", "arabe"),
    "fa": ("Persian", "persan"),
    "he": ("Hebrew", "hébreu"),
    "hi": ("Hindi", "hindi"),
    "th": ("Thai", "thaï"),
    "ko": ("Korean", "coréen"),
    "ja": ("Japanese", "japonais"),
    "zh-cn": ("Chinese (simplified)", "chinois (simplifié)"),
    "zh-tw": ("Chinese (traditional)", "chinois (traditionnel)"),
    UNKNOWN: ("unknown", "inconnue"),
}
"""Languages that can be detected: code to English and French name."""

_FEWEST_LETTERS, _FEWEST_WORDS = 12, 3
_PARAGRAPH_LETTERS, _PARAGRAPH_SURE = 60, 0.99
_SAMPLE = 4_000
_PARAGRAPH_SAMPLE = 400
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code and its probability, from 0 to 1."""

    code: str
    probability: float


@dataclass(frozen=True, slots=True)
class Detection:
    """The likeliest language of a text and up to three runners-up. ``code`` is "und" for too little text.

    Of an article, ``paragraphs`` holds the language of each paragraph that is long enough to be sure of it, and None
    for the others.
    """

    code: str
    probability: float
    alternatives: tuple[Guess, ...] = ()
    paragraphs: tuple[str | None, ...] = ()


def name(code: str, language: str = "en") -> str:
    """Name of the language ``code`` in English or French; the code itself if it has none here."""
    return NAMES[code][language == "fr"] if code in NAMES else code


def detect(text: str) -> Detection:
    """The language of ``text``. Deterministic.

    Too little text to tell (under 12 letters, or 3 words of Latin script) is "und".
    """
    letters = sum(c.isalpha() for c in text)
    if letters < _FEWEST_LETTERS or (len(text.split()) < _FEWEST_WORDS and is_written_in(text, "fr")):
        return Detection(UNKNOWN, 0.0)
    guesses = _guesses(_spread(text, _SAMPLE))
    if not guesses:
        return Detection(UNKNOWN, 0.0)
    return Detection(guesses[0].code, guesses[0].probability, tuple(guesses[1:4]))


def detect_article(article: Article) -> Detection:
    """The language of an article as a whole, and of its long paragraphs.

    Where these are in several languages, the probabilities are the shares of letters in each.
    """
    whole = detect(article.text)
    paragraphs = tuple(None if p.verbatim else _sure_language(article.part(p)) for p in article.paragraphs)
    if whole.code == UNKNOWN or not {*paragraphs} - {None, whole.code}:
        return replace(whole, paragraphs=paragraphs)
    shares: Counter[str] = Counter()
    for paragraph, code in zip(article.paragraphs, paragraphs, strict=True):
        shares[code or whole.code] += sum(c.isalpha() for c in article.part(paragraph))
    ranked = [Guess(code, letters / shares.total()) for code, letters in shares.most_common(4)]
    return Detection(ranked[0].code, ranked[0].probability, tuple(ranked[1:]), paragraphs)


def paragraph_languages(article: Article, source: str, detection: Detection) -> tuple[str, ...]:
    """The language of every paragraph.

    A paragraph differs from the article's language only if it is long and its language all but certain; shorter
    ones of a bilingual article are told apart between the languages that its long paragraphs have, and a heading is
    in the language of what follows it. Where the reader says that the article is in another language than detected,
    so are its paragraphs.

    Args:
        article: the article.
        source: its language code, as detected or as its reader says.
        detection: from :func:`detect_article`.

    Returns:
        One code for each paragraph.
    """
    sure = [source if code == detection.code else code for code in detection.paragraphs]
    found = {code for code in sure if code} | {source}
    if found == {source} or source == UNKNOWN:
        return (source,) * len(article.paragraphs)
    languages = []
    for i, (paragraph, code) in enumerate(zip(article.paragraphs, sure, strict=True)):
        if code is None and paragraph.kind in (Kind.TITLE, Kind.HEADING):
            code = next((following for following in sure[i + 1 :] if following), None)
        languages.append(code or _likelier(article.part(paragraph), source, found))
    return tuple(languages)


def _sure_language(text: str) -> str | None:
    if sum(c.isalpha() for c in text) < _PARAGRAPH_LETTERS:
        return None
    guesses = _guesses(_spread(text, _PARAGRAPH_SAMPLE))
    return guesses[0].code if guesses and guesses[0].probability >= _PARAGRAPH_SURE else None


def _likelier(text: str, source: str, among: set[str]) -> str:
    guesses = _guesses(text, among)
    return guesses[0].code if guesses and guesses[0].probability >= _PARAGRAPH_SURE else source


def _spread(text: str, size: int) -> str:
    """A sample of at most ``size`` characters, in three pieces from the beginning, the middle and the end."""
    if len(text) <= size:
        return text
    third = size // 3
    middle = len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _guesses(text: str, among: set[str] | None = None) -> list[Guess]:
    """All plausible languages, likeliest first; with ``among``, only those are considered."""
    capitals = sum(c.isupper() for c in text)
    if 2 * capitals > sum(c.isalpha() for c in text):
        text = text.lower()
    detector = _factory().create()
    if among:
        detector.set_prior_map(dict.fromkeys(among, 1.0))
    detector.append(text)
    try:
        return [Guess(found.lang, min(1.0, found.prob)) for found in detector.get_probabilities()]
    except LangDetectException:  # no letter that any profile knows
        return []


def _factory() -> DetectorFactory:
    with _loading:
        return _loaded_factory()


@cache
def _loaded_factory() -> DetectorFactory:
    profiles = resources.files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / code).read_text("utf-8") for code in NAMES if code != UNKNOWN])
    factory.set_seed(0)
    return factory
