"""Whether a sentence can be understood without the one before it.

Rules for French and English: what opens a sentence (a pronoun, a connective, « cette décision »), who speaks in a
quotation, whether a quotation is whole. They err on the side of caution: a summary that takes a leaning sentence takes
its neighbour along.
"""

import re

_TIMES = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|matinée|soir|soirée|midi|après-midi|nuit|week-end"
    r"|semaine|mois|année|été|automne|hiver|printemps|weekend|week|month|year|morning|evening|afternoon|summer|winter)"
)
_THIS = rf"(?:ce|cet|cette|ces|this|that|these|those)\b(?!\s+{_TIMES}\b)(?!\s+n['’]est\s+(?:pas\s+)?(?:que|qu['’]))"
_THEM = r"(?:celui|celle|ceux|celles|cela|ça|lui|elle|eux|elles|him|her|it|them)\b"
_BEFORE = (
    r"(?:à|dans|pour|par|avec|sans|sous|sur|après|avant|depuis|pendant|durant|selon|malgré|outre|contre|parmi|chez"
    r"|face à|grâce à|suite à|lors de|d['’]après|au-delà de|à la suite de|en dépit de|à cause de|quant à|de|in|on|at"
    r"|after|before|with|without|for|under|among|despite|of|to|by)"
)
_CONNECTIVES = (
    r"(?:mais|or|car|donc|ainsi|alors|aussi|et|ou|ni|puis|ensuite|enfin|pourtant|cependant|toutefois|néanmoins|bref"
    r"|sauf que|reste que|d['’]où|dont|d['’]autant(?: plus)? que|en effet|en fait|d['’]ailleurs|de plus|en outre"
    r"|par ailleurs|par exemple|par conséquent|en conséquence|en revanche|au contraire|à l['’]inverse|du coup|de fait"
    r"|pour autant|autrement dit|c['’]est-à-dire|de son côté|de leur côté|pour sa part|pour leur part|à son tour"
    r"|à leur tour|dès lors|depuis lors|entre-temps|dans la foulée|le lendemain|la veille|l['’]année suivante"
    r"|au même moment|quelques (?:heures|jours|minutes|semaines|mois) (?:plus tard|auparavant|après)|même chose"
    r"|résultat|conséquence|idem|oui|non|là|là-bas|y|également|seul(?:e|s|es)? (?:bémol|ombre|problème)|autant de"
    r"|(?:un|une|l['’]un|l['’]une|les|l['’]|d['’])\s?autres?|tous(?: les)? deux|toutes(?: les)? deux|l['’]une? d['’]"
    r"|une telle|un tel|de telles?|de tels?|tel(?:le|s|les)? (?:est|sont|était|étaient)|ou encore"
    r"|but|and|so|however|moreover|yet|then|thus|also|instead|meanwhile|nevertheless|still|therefore|another)"
)
_PRONOUN = (
    r"(?:ils?(?!\s+(?:y\s+a|n['’]y\s+a|faut|faudra|existe|fait)\b)|elles?|celui|celle|ceux|celles|cela|ça|c['’]|lui"
    r"|leurs?|sa|son|ses|he|she|it|they|his|her|their|its)"
)
_VERBLESS = (
    r"une?\s(?:(?:triste|bonne|mauvaise|grande|belle)\s)?(?:décision|annonce|mesure|information|situation|façon|manière"
    r"|position|idée|initiative|réponse|réaction|déclaration|stratégie|nouvelle|version|hypothèse|thèse|première|scène"
    r"|histoire|manœuvre|affirmation|analyse|proposition|critique|accusation|chiffre|constat|avis|record|succès|choix"
    r"|geste|message|titre|victoire|défaite|somme|aubaine|issue favorable)s?,?\s"
    r"(?:qui|que|qu['’]|dont|où|pour|aussi|confirmée?|partagée?|menée?|saluée?|critiquée?|dénoncée?|relayée?|démentie?"
    r"|acquise?)"
)
_KNOWN = (
    r"(?:le|la|les|l['’])\s?(?:(?:deux|trois|quatre|jeunes?|même|mêmes)\s)*(?:suspects?|intéressée?s?|mise? en"
    r" cause|même|couple|trio|duo|deux|homme|femme|fille|\w+génaire|trentenaire)"
    r"(?=[,\s])(?!\s(?:de|du|des|d['’]|qui|que|qu['’]|à|(?-i:[A-ZÀ-Þ])))"
)
_OPENING = re.compile(
    rf"[«“\"\s–—-]*(?:(?:{_PRONOUN}|{_CONNECTIVES}|{_VERBLESS}|{_KNOWN})(?![\w-])|(?:c['’]|{_THIS})"
    rf"|{_BEFORE}\s+(?:{_THIS}|{_THEM}))",
    re.I,
)
# « Dans un communiqué, il … »; a clause of its own may hold the one that is meant (« Si le maire part, il … »).
_LATER = re.compile(
    r"(?!(?:si|s['’]|quand|lorsqu|comme|puisqu|bien qu|alors qu|tandis|le|la|les|l['’]|une?|if|when|as|while|the)\b)"
    r"[^,«»“”\"]{2,80},\s(?:ils?(?!\s(?:y\sa|n['’]y\sa|faut|s['’]agit)\b)|elles?|he|she|they|l['’]intéressée?)\b",
    re.I,
)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_SPEAKER = re.compile(
    r"-(?:t-)?(?:ils?|elles?|on)\b|\b(?:selon|d['’]après)\s(?:lui|elle|eux|elles)\b"
    r"|\b(?:he|she|they)\s(?:said|says|added|adds|told|explained|warned)\b",
    re.I,
)
_NAME = re.compile(r"(?<=[\s'’(-])[A-ZÀ-Þ][\w-]+")


def leans(sentence: str) -> bool:
    """Whether a sentence leans on what was said before: alone it would leave open who or what is meant."""
    if _OPENING.match(sentence) or _LATER.match(sentence) or _is_cut(sentence):
        return True
    said = _QUOTED.sub(" ", sentence)
    if said != sentence and not any(c.isalpha() for c in said):
        return True
    return _SPEAKER.search(said) is not None and _NAME.search(said) is None


def _is_cut(sentence: str) -> bool:
    """Whether a quotation begins or ends in another sentence."""
    return (
        sentence.count("«") != sentence.count("»")
        or sentence.count("“") != sentence.count("”")
        or sentence.count('"') % 2 == 1
    )
