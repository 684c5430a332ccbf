"""Finding names of persons: those that a title, a greeting, a signature or a trade announces."""

import re
from collections.abc import Iterator

from insights.masking.given import GIVEN, SURNAMES
from insights.masking.words import WORDS

_TITLE = (
    r"heer|meneer|mijnheer|mevrouw|mejuffrouw|juffrouw|dokter|miss|professor|doctor|dominee"
    r"|reverend|sir|captain|kapitein|wethouder|tandarts|huisarts|familie|gezin|herr|herrn|frau"
    r"|monsieur|madame"
)
_SHORT = r"mevr|mw|mvr|dhr|hr|mej|dr|drs|ir|ing|mr|mrs|ms|prof|ds|rev|fam|mme|mlle"
_NAMING = (
    r"mijn naam is|ik heet(?: trouwens| overigens)?|(?:u|je) spreekt met"
    r"|(?:op|onder) (?:de )?naam van|t\.?n\.?v|t\.?a\.?v|my name is|my name['’]s"
    r"|in the name of|mein name ist|ich heiße|je m['’]appelle|mon nom est"  # codespell:ignore ist
)
_INTRO = (
    r"ik ben|i am|i['’]m|this is(?=(?: again)? [^\W\d_])|ik(?=, \w+,)|met(?= [\w-]+ spreekt)"
    r"|ich bin|je suis"
)
_CLOSING = (
    r"groetjes|groeten|groet|grtjs|grt|gr|m\.?v\.?gr?|m\.?vr\.?gr|vr\.? ?gr|hoogachtend|liefs"
    r"|w\.g|getekend|regards|sincerely|faithfully|yours|(?:best|warm|kind) wishes|signed"
    r"|grüßen|grüße|gruß|cordialement|salutations|bien à vous"
)
_THANKS = (
    r"(?:thanks|thank you|thx|ta|cheers|bedankt"
    r"|dank(?:jewel|(?: je| u)(?: wel)?)?)"  # codespell:ignore
    r"(?: alvast| again| in advance| bye| (?:so|very|heel|zeer) (?:much|erg|veel))?"
    r"|(?:(?<=[.!?\n] )|(?<=[.!?\n])|(?<![\s\S]))(?:love|best|yours|xx?x?)"
)
_STAFF = (
    r"(?:geholpen|gestaan|getekend|ontvangen|behandeld|served|helped|dealt with|signed for|assisted"
    r"|looked after|seen) (?:door|by)|ook door|collega(?:['’]?s)?|medewerk(?:st)?er|gesproken met"
    r"|gechat met|contact met|gebeld met|gesprek met|(?:dank|pluim|complimenten?|hulde|lof|credits)"
    r" (?:aan|voor|naar)|dankzij|monteur|bezorg(?:st)?er|chauffeur|verkoper|verkoopster"
    r"|kap(?:p|st)er|stagiaire?|verpleegkundige|zuster|broeder|juf|meester|arts|(?:fysio)?therapeute?"
    r"|begeleid(?:st)?er|telefoniste?|ene|(?:een )?zekere|genaamd|heet(?:te)?"
    r"|adviseur|mijn (?:zoon(?:tje)?|dochter(?:tje)?"  # codespell:ignore
    r"|man|vrouw|vriend(?:in)?|broer|zus|moeder|vader|partner|zwager|schoon\w{3,7}|oma|opa|tante|oom|neef|nicht)|buur(?:man|vrouw)|sprak"
    r"|(?:vraag|vroeg|vraag maar) naar|(?:kreeg|had)(?= [\w-]+ aan de (?:lijn|telefoon|balie))"
    r"|colleagues?|sp(?:oke|oken|eak) (?:to|with)|shout ?out to|(?:thanks|thank you)(?: again)? to"
    r"|engineer|driver|advis[eo]r|nurse|sister|midwife|carer|physio|waiter|waitress|called|named"
    r"|my (?:son|daughter|wife|husband|partner|mum|mother|dad|father|brother|friend"
    r"|neighbour|gran|nan|aunt|uncle|cousin|daughter-in-law|son-in-law)|ask(?:ed)? for"
    r"|dear|beste|hallo|hello|hoi|hi|dag|lieve|geachte|kolleg(?:e|in)|collègue"
)
_CUE = re.compile(
    rf"(?<![\w@])(?:(?P<title>{_TITLE})|(?P<short>{_SHORT})|(?P<naming>{_NAMING})"
    rf"|(?P<staff>{_STAFF})|(?P<intro>{_INTRO})|(?P<closing>{_CLOSING})|(?P<thanks>{_THANKS}))(?!\w)"
)
_FRENCH = re.compile(r"(?<!\w)(?<!\w\.)(?<!\w\. )M\.(?= [A-ZÀ-Þ][a-zà-ÿ])")
_WORD = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]{1,40}(?:[-'’][^\W\d_]{1,40}){0,3}(?!\w)")
_INITIALS = re.compile(r"(?:[^\W\d_](?:h|hr)?\.[ -]?){1,5}|[A-Z]{1,2} (?=[A-ZÀ-Þvdt])")
_PARTICLES = re.compile(
    r"(?:(?:van|von|vom|zu|de|der|den|het|['’]t|ten|ter|te|el|al|la|le|du|da|dos|di|ben|bin"
    r"|(?:in|op|aan) (?=d|['’]t)) ){1,3}",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"[A-Z]\.? (?=[A-ZÀ-Þ])")
_BLANK = re.compile(r"[ \u00a0]{1,2}")
_AND = re.compile(r",? (?:en|and|und|et|&|\+) ")
_GAPS = {
    "title": re.compile(r"[ \u00a0]{1,2}"),
    "short": re.compile(r"\.?[ \u00a0]{1,2}|\."),
    "naming": re.compile(r"[.:]?[ \u00a0]{1,2}"),
    "intro": re.compile(r",?[ \u00a0](?:again |dus |de )?"),
    "closing": re.compile(r"[\s,.!:;-]{1,6}(?:(?:van|from|namens|[Tt]he) )?"),
    "thanks": re.compile(r"[\s,.!:;-]{1,6}(?:(?:van|from) )?"),
    "staff": re.compile(r"[,:]?[ \u00a0](?:een (?:zekere )|ene |dr\.? )?"),
}
_KNOWN = GIVEN | SURNAMES
_SURE = _KNOWN - WORDS
_NEVER = frozenset(f"{_TITLE}|{_SHORT}".split("|"))
"""Titles, which may follow a title and are no name."""
_TRADES = frozenset(["bakker", "boer", "brouwer", "hoek", "kok", "koster", "molenaar", "post"])
"""Surnames that are a trade when an article goes before them."""
_LONGEST_SHORT_WORD = 4


def name_spans(text: str) -> list[tuple[int, int]]:
    """Find names of persons that something before them announces.

    After a title, at the end of a letter and after "my name is", a capital will do, if the word is
    not one that often opens a sentence, nor a place, people or brand. After a trade, after "I am"
    and in thanks it takes a common given name or surname. Where all is in capitals, or nothing,
    it takes a common name that is no common word.

    Args:
        text: what somebody wrote.

    Returns:
        Where each name starts and ends, the title left out.

    References:
        The given names and surnames of `insights.masking.given`.

    Example:
        >>> text = "Ik ben tevreden over mevrouw El Amrani. Groetjes, Wilma"
        >>> [text[start:end] for start, end in name_spans(text)]
        ['El Amrani', 'Wilma']
    """
    found: list[tuple[int, int]] = []
    for cue in _CUE.finditer(_lowered(text)):
        found += _announced(text, cue.lastgroup or "", cue.start(), cue.end())
    for cue in _FRENCH.finditer(text):
        found += _announced(text, "short", cue.start(), cue.end())
    return found


def _lowered(text: str) -> str:
    """The text in lower case and of the same length, which İ would change."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


def _announced(text: str, kind: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names after a cue, several if "and" joins them."""
    cue = text[start:end]
    gap = _GAPS[kind].match(text, end)
    if not gap or text[max(0, start - 2) : start].strip().isdigit():
        return
    begin: int = gap.end()
    is_loud = len(cue) > 1 and cue.isupper() and cue != "I'M"
    closes = kind in {"closing", "thanks"}
    if kind in {"title", "short"}:
        last = _name_end(text, begin, trusts=cue != "miss", is_loud=is_loud)
    elif closes:
        last = _signature_end(text, begin, kind, gap.group(), is_loud=is_loud)
    elif kind == "intro":
        last = _introduced_end(text, begin, cue, is_loud=is_loud)
    else:
        last = _name_end(text, begin, trusts=kind == "naming", is_loud=is_loud)
        if last and kind == "staff" and text[begin].islower():
            last = None
    for _ in range(4):
        if not last:
            return
        yield begin, last
        joined = _AND.match(text, last)
        if not joined:
            return
        begin = joined.end()
        last = _name_end(text, begin, trusts=False, is_loud=is_loud)


def _introduced_end(text: str, begin: int, cue: str, *, is_loud: bool) -> int | None:
    """Where the name ends of who says who they are: a given name, or two words with a capital."""
    word = _WORD.match(text, begin)
    if not word:
        return None
    plain = word.group().lower()
    if plain in GIVEN or ("-" in plain and plain.split("-")[0] in GIVEN):
        return _name_end(text, begin, trusts=False, is_loud=is_loud)
    is_name = word.group().istitle() and plain not in WORDS and not cue[1:].istitle()
    last = _name_end(text, begin, trusts=True, is_loud=is_loud) if is_name and not is_loud else None
    return last if last and " " in text[begin:last] else None


def _signature_end(text: str, begin: int, kind: str, gap: str, *, is_loud: bool) -> int | None:
    """Where the name ends under a letter: the line ends there too, unless the name is common."""
    last = _name_end(text, begin, trusts=True, is_loud=is_loud)
    if not last:
        return None
    after = text[last : last + 3].lstrip(" ")
    word = _WORD.match(text, begin)
    is_sure = word is not None and word.group().lower() in _SURE
    if after[:1].isalnum():
        return last if is_sure else None
    is_acronym = text[begin:last].isupper() and last - begin <= _LONGEST_SHORT_WORD
    stands_apart = (kind == "closing" or "," in gap or "\n" in gap) and not is_acronym
    return last if stands_apart or (word and word.group().lower() in _KNOWN) else None


def _name_end(text: str, begin: int, *, trusts: bool, is_loud: bool) -> int | None:
    """Where a name ends that starts here; none if there is none.

    Args:
        text: what somebody wrote.
        begin: where the name would start.
        trusts: whether a capital is enough for the first word.
        is_loud: whether what announces it is in capitals, so that a capital tells nothing.
    """
    initials = _INITIALS.match(text, begin)
    has_initials = bool(initials and initials.group()[0].isupper())
    place = initials.end() if initials and has_initials else begin
    is_trusted = trusts or (has_initials and "." in text[begin:place])
    last, is_low = None, None
    for _ in range(4):
        before = _PARTICLES.match(text, place) or _MIDDLE.match(text, place)
        word = _WORD.match(text, before.end() if before else place)
        if not word:
            break
        given = word.group()
        if given[0].islower() and given[1:2] not in {"'", "’"}:
            is_name = is_low is not False and _is_low_name(given, bool(before), is_low is None)
            is_low = True
        else:
            is_name, is_low = _is_name(given, is_trusted, is_loud), False
        if not is_name:
            break
        last, is_trusted = word.end(), True
        gap = _BLANK.match(text, last)
        if not gap:
            break
        place = gap.end()
    return last


def _is_name(word: str, is_trusted: bool, is_loud: bool) -> bool:
    """Whether a word with a capital may be part of a name."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    first = plain.split("-")[0]
    if len(plain) == 1 or plain in _NEVER or re.match(r"i['’]", plain):
        return False
    if is_loud and word.isupper():
        return first in _SURE
    if is_trusted:
        return plain in _KNOWN or plain not in WORDS
    return first in _KNOWN or plain in _KNOWN


def _is_low_name(word: str, has_particle: bool, is_first: bool) -> bool:
    """Whether a word in lower case is part of a name: a common one that is no word besides."""
    if has_particle:
        return word in SURNAMES and not (is_first and word in _TRADES)
    return word.split("-", maxsplit=1)[0] in _SURE
