"""People, organisations and places of an article, found and told apart by rules.

A name is a run of capitalised words. What it names is decided once for the whole article, by votes: each kind of
sign (a first name, « la ministre » before it, « à » before it, a known country, capitals only …) counts once, however
often it is seen. A run that no sign speaks for, or several against each other, is no key fact: a wrong name
embarrasses more than a missing one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from nlp.keyfacts import gazetteer, lexicon
from nlp.keyfacts.fact import FactKind, Mention
from nlp.keyfacts.signs import ACRONYM, Name, Sight, count
from nlp.keyfacts.tokens import Token, folded, tokens
from nlp.normalization import is_in_capitals

_PARTICLES = frozenset("de du des la le d' von van der den bin ben al el da di del della dos zu".split())
_FOREIGN_PARTICLES = frozenset("von van bin ben al el di da del della dos zu".split())
_CALLED_AFTER = frozenset(
    "fondation institut centre stade universite orchestre foundation institute university".split()
)
_SMALL = _PARTICLES | {"les", "aux", "au", "a", "en", "et", "pour", "of", "the", "for", "and"}  # not in acronyms
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,3})"
    r"(?P<date>,? (?:\(\w+\)|[\w ,]{0,14}\d[\w ,]{0,14}))? [–—-] "
)
_OPENING = re.compile(r"[«»\"“”.!?…:•–—*]")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_LONGEST_RUN, _LONGEST_WORD = 9, 40  # in words; in characters


def mentions(sentences: Iterable[tuple[int, str]]) -> list[Mention]:
    """Where the people, organisations and places of an article are named.

    Args:
        sentences: id and text of each, in the order of the article, French or English.

    Returns:
        Name by name; ``text`` is the fullest name, ``key`` the same for all mentions of one bearer.
    """
    parsed = [(i, text, tokens(text)) for i, text in sentences if not _is_headline_case(text)]
    lower = {token.folded for _, _, words in parsed for token in words if token.text.islower()}
    names: dict[str, Name] = {}
    for i, text, words in parsed:
        _read(i, text, words, lower, names)
    return list(_resolved(names))


def _is_headline_case(text: str) -> bool:
    """Whether capitals mean nothing here: all letters are capital, or nearly all long words begin with one."""
    long = re.findall(r"[^\W\d_]{4,}(?:-\w+)*", text)
    return is_in_capitals(text) or (len(long) > 4 and sum(word[0].isupper() for word in long) > 0.8 * len(long))


def _read(segment: int, text: str, words: Sequence[Token], lower: set[str], names: dict[str, Name]) -> None:
    """Find the names of one sentence and count the signs for what they are.

    Args:
        lower: folded words that the article writes without a capital.
        names: by key; added to.
    """

    def named(text: str, parts: Iterable[str]) -> Name:
        name = names.setdefault(lexicon.key(text), Name(text, tuple(map(lexicon.key, parts))))
        name.segments.append(segment)
        return name

    if place := _dateline(text):
        named(place, place.split()).vote(FactKind.PLACE, "dateline", 2.5)
        words = [token for token in words if token.start >= text.index(" ", len(place))]
    i = origin = 0
    while i < len(words):
        token = words[i]
        candidate = (
            len(token.text) <= _LONGEST_WORD
            and (token.capital or token.text[0].isdigit())
            and not token.gap.endswith(("#", "@"))
        )
        known = lexicon.known_name(words, i) if candidate else None
        after_filler = bool(i) and token.joined and words[i - 1].capital and words[i - 1].folded in lexicon.FILLERS
        origin = origin if after_filler else i
        if not known and not (candidate and token.capital and token.folded not in lexicon.FILLERS):
            i += 1
        elif paper := lexicon.newspaper(words, i):
            named(paper[0], [paper[0]]).vote(FactKind.ORGANISATION, "known", 3.0)
            i = paper[1]
        else:
            end = _end_of_run(words, i, known)
            opening = i == 0 or bool(_OPENING.search(token.gap))
            kind = known[0] if known and (known[1] == end or known[0] is FactKind.ORGANISATION) else None
            start, stop = (i, end) if kind else _trimmed(words, i, end, lower, opening)
            if start < stop:
                sight = Sight(words, start, stop, origin, opening and start == i, kind)
                name = named(lexicon.written(sight.run), (t.text for t in sight.run))
                name.inside |= not sight.opening
                count(name, sight)
            i = max(stop, i + 1)


def _dateline(text: str) -> str | None:
    """The place that a dispatch begins with: « OTTAWA, le 14 janvier 2026 – … »."""
    line = _DATELINE.match(text)
    if not line or not (line["date"] or line["place"].isupper()) or folded(line["place"].split()[0]) in lexicon.FILLERS:
        return None
    if not line["place"].isupper():
        return line["place"]
    return re.sub(
        r"[^\W\d_]+", lambda word: word[0] if word[0] in _PARTICLES else word[0].title(), line["place"].lower()
    )


def _end_of_run(words: Sequence[Token], start: int, known: tuple[FactKind, int] | None) -> int:
    """The index after the name that begins at ``start``, of which ``known`` is known."""
    end = known[1] if known else start + 1
    head = words[start].folded in lexicon.ORGANISATION_HEADS
    if known and known[0] is FactKind.ORGANISATION and words[end - 1].text.isupper():
        return end
    while end < min(len(words), start + _LONGEST_RUN):
        token, before = words[end], words[end - 1]
        if not token.joined and not (token.gap == ". " and lexicon.is_title(before)):
            break
        common = token.text in gazetteer.COMMON and not lexicon.is_first_name(before)
        if (token.capital and not common) or _INITIALS.fullmatch(token.text):
            if _begins_another(words, end, words[start].folded in _CALLED_AFTER and end == start + 1):
                break
            end += 1
        elif head and token.folded in lexicon.NAME_ADJECTIVES:
            end += 1
        elif (after := _after_particles(words, end, head)) and (
            head
            or token.folded in _FOREIGN_PARTICLES
            or (end - start <= 2 and _takes_particle(words[start]) and not lexicon.known_name(words, after))
        ):
            end = after + 1
        else:
            break
    return _completed(words, end) if head else end


def _begins_another(words: Sequence[Token], at: int, called_after: bool) -> bool:
    """Whether a new name begins inside a run: « la ministre du Travail Muriel Pénicaud », « sur RTL »."""
    token, before = words[at], words[at - 1]
    if ACRONYM.fullmatch(token.text) and lexicon.is_organisation(token.text):
        return True
    full_name = lexicon.is_first_name(token) and at + 1 < len(words) and words[at + 1].capital
    inner = called_after or lexicon.is_first_name(before) or before.text.endswith(".") or lexicon.is_title(before)
    return full_name and not inner


def _takes_particle(token: Token) -> bool:
    """Whether « de » and a capital after this word go on with the name: Dominique de Villepin."""
    return lexicon.is_first_name(token) and token.text not in gazetteer.COMMON


def _after_particles(words: Sequence[Token], at: int, head: bool) -> int | None:
    """The index of the capitalised word that follows one or more particles at ``at``."""
    if not (words[at].folded in _PARTICLES or (head and words[at].folded in ("of", "for", "pour"))):
        return None
    after = at + 1
    while after < len(words) and words[after].joined and words[after].folded in _PARTICLES:
        after += 1
    return after if after < len(words) and words[after].joined and words[after].capital else None


def _completed(words: Sequence[Token], end: int) -> int:
    """The end of a name that goes on in lower case up to a bracket: « l’Office central de répression … (OCRVP) »."""
    if end < len(words) and words[end].joined and words[end].folded in ("de", "d'", "des", "du", "of", "for"):
        for after in range(end + 1, min(end + _LONGEST_RUN, len(words))):
            if not words[after].joined:
                return after if words[after].gap.strip()[:1] in ("(", ")") else end
    return end


def _trimmed(words: Sequence[Token], start: int, end: int, lower: set[str], opening: bool) -> tuple[int, int]:
    """The run without what only stands beside the name: « Mardi », « Mme », a common word that opens the sentence."""
    while start < end:
        token = words[start]
        alone = end - start == 1
        if not (
            not token.capital
            or token.folded in lexicon.FILLERS
            or lexicon.is_title(token)
            or (token.text in gazetteer.COMMON and (alone or opening))
            or (token.folded in lexicon.PERSON_CUES and not alone)
            or (opening and token.folded in lower and not lexicon.is_first_name(token))
        ):
            break
        start += 1
    return start, end


def _resolved(names: dict[str, Name]) -> Iterator[Mention]:
    """One mention for each sight of a bearer, by the full name, or a part or the initials that only one has."""
    kinds = {key: kind for key, name in names.items() if (kind := _decision(name, names))}
    bearers: dict[str, set[str]] = defaultdict(set)
    for key, kind in kinds.items():
        parts = names[key].words
        if len(parts) > 1 and kind is not FactKind.PLACE:
            bearers[parts[0]].add(key)
            if kind is FactKind.PERSON:
                for cut in range(1, len(parts)):
                    bearers[" ".join(parts[cut:])].add(key)
            else:
                bearers["".join(part[0] for part in parts if part not in _SMALL)].add(key)
    for key, name in names.items():
        owners = bearers[key] if key in bearers and kinds.get(key) is not FactKind.PLACE else {key}
        if len(owners) > 1:  # « Macron » where two are named
            continue
        bearer = next(iter(owners))
        if kind := kinds.get(bearer):
            for segment in name.segments:
                yield Mention(kind, bearer, names[bearer].text, segment)


def _decision(name: Name, names: dict[str, Name]) -> FactKind | None:
    """What a name names, with the signs that its parts give elsewhere in the article."""
    if len(name.words) > 1:
        first, last = names.get(name.words[0]), names.get(name.words[-1])
        if last and last.inside and not first:
            name.vote(FactKind.PERSON, "surname alone", 1.5)
        elif first and first.inside and not last:
            name.vote(FactKind.ORGANISATION, "first word alone", 1.0)
    return name.decided()
