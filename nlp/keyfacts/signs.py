"""What speaks for a name being a person's, an organisation's or a place's: the words in it and around it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.keyfacts import gazetteer, lexicon
from nlp.keyfacts.fact import FactKind
from nlp.keyfacts.tokens import Token, folded

_PERSON, _ORGANISATION, _PLACE = FactKind.PERSON, FactKind.ORGANISATION, FactKind.PLACE

ACRONYM = re.compile(r"[A-Z]{2,6}")
_ROMAN = re.compile(r"[IVXLC]+(?:er?|ème)?")
_INNER_CAPITAL = re.compile(r"[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]+[A-Z]\w*")
_GLUED = re.compile(r"[^\W_]+?[^\W\d_A-Z]([A-Z][^\W\d_A-Z]*)")  # « ArteCette »: a space was lost
_COMPOUND_PLACE = re.compile(
    r"(?:saint|sainte|port|mont|ville|villeneuve)-\w[\w'-]*"
    r"|\w+-(?:sur|sous|en|les|le|la|aux?|des?|du|d')[-\w]['\w-]*"
)
_ADJECTIVE = re.compile(
    r"(?:\w+(?:ais|aise|ien|ienne|ain|aine|ois|oise|al|ale|if|ive|ique|el|elle|eux|euse|ée?|iste|ier|ière|an|ane|éen"
    r"|éenne|eaux|aux|ch|sh|ean|ese)|belge|suisse|russe|turc|turque|grec|grecque|public|adjoint|adjointe)s?"
)
_VERBS = frozenset("explique indique revendique critique fabrique communique applique implique arrive signale".split())
_OF_SEVERAL = frozenset("un une des les ces ses leurs mes deux trois quatre a an".split())
_THRESHOLD, _MARGIN = 2.0, 0.5


@dataclass(slots=True)
class Name:
    """All that an article says about one run of capitalised words.

    ``inside`` tells whether it was seen inside a sentence, where a capital means something.
    """

    text: str
    words: tuple[str, ...]
    votes: dict[FactKind, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    segments: list[int] = field(default_factory=list)
    inside: bool = False

    def vote(self, kind: FactKind, sign: str, weight: float) -> None:
        """Count a sign for (or, with a negative weight, against) a kind: once, however often it is seen."""
        self.votes[kind][sign] = weight

    def decided(self) -> FactKind | None:
        """The kind that the signs agree upon, None if they are too few or against each other."""
        totals = sorted(((sum(signs.values()), kind) for kind, signs in self.votes.items()), reverse=True)
        if not totals or totals[0][0] < _THRESHOLD:
            return None
        return totals[0][1] if len(totals) == 1 or totals[0][0] - totals[1][0] >= _MARGIN else None


@dataclass(frozen=True, slots=True)
class Sight:
    """One sight of a name: the words ``start`` to ``end`` of a sentence.

    ``origin`` is where the capitals began (« Le quotidien Il Corriere »), ``opening`` whether any word would have a
    capital here, ``known`` what the gazetteer says.
    """

    words: Sequence[Token]
    start: int
    end: int
    origin: int
    opening: bool
    known: FactKind | None

    @property
    def run(self) -> Sequence[Token]:
        """The words of the name."""
        return self.words[self.start : self.end]

    @property
    def before(self) -> list[str]:
        """Up to four words before it, in lower case, with accents."""
        return [t.text.lower().replace("’", "'") for t in self.words[max(0, self.start - 4) : self.start]]

    @property
    def goes_on(self) -> bool:
        """Whether « de » or "of" follows."""
        after = self.words[self.end : self.end + 1]
        return bool(after) and after[0].joined and after[0].folded in ("de", "d'", "des", "du", "of", "for")

    @property
    def cut(self) -> bool:
        """Whether what follows may belong to the name: « Presse | du Littoral »."""
        return self.goes_on and any(t.capital for t in self.words[self.end + 1 : self.end + 2])


def count(name: Name, sight: Sight) -> None:
    """Count the signs that one sight of a name gives."""
    run, before = sight.run, sight.before
    first = run[0]
    previous = before[-1] if before and first.joined else ""
    if sight.known:
        # Jordan, Sofia, Florence: known places that are first names too.
        doubtful = sight.known is _PLACE and len(run) == 1 and lexicon.is_first_name(first)
        certain = not doubtful or previous in ("en", "à", "au", "in", "to")
        name.vote(sight.known, "known", 3.0 if certain else 1.0)
        return
    if len(run) > 1 and name.text.isupper():
        return
    _count_nouns(name, sight, previous)
    if len(run) > 1:
        _count_several(name, sight, previous)
    elif len(first.text) < 2 or first.folded in lexicon.ORGANISATION_HEADS or _ROMAN.fullmatch(first.text):
        return
    elif ACRONYM.fullmatch(first.text):
        _count_acronym(name, first, previous)
    else:
        _count_single(name, sight, previous)


def _count_nouns(name: Name, sight: Sight, previous: str) -> None:
    """Nouns and articles before a name."""
    run, before = sight.run, sight.before
    noun, apart = _noun(sight.words, sight.start) or _noun(sight.words, sight.origin) or ("", False)
    single = run[0].text if len(run) == 1 else ""
    office = {"ministre", "secrétaire", "minister"} & set(before[-3:-1])
    if office and previous in ("de", "des", "du", "la", "l'", "of"):
        name.vote(_PERSON, "office", -3.0)  # « ministre des Affaires étrangères »
    elif noun in lexicon.PERSON_CUES and not (ACRONYM.fullmatch(single) or _INNER_CAPITAL.fullmatch(single)):
        name.vote(_PERSON, "noun", 2.5)
    elif noun in lexicon.ORGANISATION_CUES:
        # « l’organisation patronale Laurence Parisot »: a person may follow, a company called after one is rarer.
        personal = lexicon.is_first_name(run[0]) and (apart or len(run) == 2)
        name.vote(_ORGANISATION, "noun", 1.0 if personal or sight.cut else 3.0)
    elif previous in lexicon.DETERMINERS:
        name.vote(_PERSON, "article", -2.0)
    if previous in ("de", "d'", "of") and folded("".join(before[-2:-1])) in lexicon.HEADS_OF:
        name.vote(_ORGANISATION, "head of", 2.0)
        name.vote(_PERSON, "head of", -1.0)
    if previous == "chez":
        name.vote(_ORGANISATION, "chez", 1.0)


def _count_several(name: Name, sight: Sight, previous: str) -> None:
    """Signs for a name of several words."""
    run, words, end = sight.run, sight.words, sight.end
    if not sight.goes_on and (lexicon.ORGANISATION_HEADS & {run[0].folded, run[-1].folded}):
        name.vote(_ORGANISATION, "head", 3.0)
    plain = all(t.text.isalpha() and t.capital and not t.text.isupper() for t in run)
    if lexicon.is_first_name(run[0]):
        name.vote(_PERSON, "first name", 2.5)
    elif plain and len(run) == 2 and not sight.opening and not any(lexicon.is_place(t.text) for t in run):
        name.vote(_PERSON, "two words", 1.0)
        if len(name.segments) > 1:
            name.vote(_PERSON, "often", 1.0)
    if end < len(words) - 1 and words[end].gap.strip() == ",":
        following = {t.folded for t in words[end : end + 3]}
        if following & lexicon.PERSON_CUES or following & {"ans", "years"}:
            name.vote(_PERSON, "apposition", 1.5)
    if previous in ("à", "en", "in") and run[0].folded in ("san", "santa", "los", "las", "new", "le", "la", "saint"):
        name.vote(_PLACE, "preposition", 2.0)


def _count_acronym(name: Name, token: Token, previous: str) -> None:
    """Signs for a name in capitals: an organisation has an article in the singular, a thing may be several."""
    if token.text in gazetteer.NOT_ORGANISATIONS:
        return
    if previous in ("la", "le", "l'", "du", "au", "the"):
        name.vote(_ORGANISATION, "article", 1.0)
    if previous in _OF_SEVERAL:
        name.vote(_ORGANISATION, "several", -3.0)
    if "(" not in token.gap:
        name.vote(_ORGANISATION, "acronym", 1.5)
    if previous in ("sur", "selon", "par", "chez"):
        name.vote(_ORGANISATION, "preposition", 0.5)
    if len(name.segments) > 1:
        name.vote(_ORGANISATION, "often", 0.5)


def _count_single(name: Name, sight: Sight, previous: str) -> None:
    """Signs for a name of one word that is no acronym."""
    token, words, before = sight.run[0], sight.words, sight.before
    after = words[sight.end] if sight.end < len(words) else None
    glued = _GLUED.fullmatch(token.text)
    if _INNER_CAPITAL.fullmatch(token.text) and not (glued and folded(glued[1]) in lexicon.FILLERS):
        name.vote(_ORGANISATION, "inner capital", 1.5)
        if previous not in lexicon.DETERMINERS:
            name.vote(_ORGANISATION, "no article", 0.5)
    feast = previous == "la" and token.folded.startswith("saint-")
    if not feast and _COMPOUND_PLACE.fullmatch(token.folded) and re.split(r"[-'’]", token.text)[-1][:1].isupper():
        name.vote(_PLACE, "compound", 2.0)
    if lexicon.is_first_name(token) or token.text == "Marche":  # « en Marche »
        return
    if previous in ("à", "en", "in", "near") or (previous == "de" and "près" in before[-2:]):
        name.vote(_PLACE, "preposition", 2.0)
    if previous in ("entre", "between") and after and after.folded in ("et", "and"):
        name.vote(_PLACE, "between", 2.0)
    if previous in ("et", "and") and len(before) > 1 and lexicon.is_place(before[-2]):
        name.vote(_PLACE, "and", 2.0)
    if previous in ("de", "d'", "du", "of") and set(map(folded, before[-3:-1])) & lexicon.PLACE_CUES:
        name.vote(_PLACE, "noun", 2.0)


def _noun(words: Sequence[Token], start: int) -> tuple[str, bool] | None:
    """The noun before a name that says what it is (« le président américain Donald Trump »).

    Returns:
        The noun, and whether an adjective, or « de » and another noun, stand between it and the name.
    """
    for at in range(start - 1, max(-1, start - 5), -1):
        word, after = words[at].folded.rstrip("."), words[at + 1]
        beside = at == start - 1
        if word in lexicon.TITLES and after.gap == ". ":
            return word, False
        if word in lexicon.PERSON_CUES and (after.joined or (beside and after.gap == ", ")):
            return word, not beside
        if not after.joined or not words[at].text.islower():
            return None
        if word in lexicon.ORGANISATION_CUES:
            return word, not beside
        complement = not beside and ("de" in (word, words[at - 1].folded) or "d'" in (word, words[at - 1].folded))
        adjective = _ADJECTIVE.fullmatch(words[at].text) and word not in _VERBS
        if not (complement or adjective):
            return None
    return None
