"""Finding where somebody lives: streets with a number, postcodes with a number."""

import re

_UPPER = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_UPPER}][\w'’.-]{{1,30}}"
_COUNTED = (
    r"(?!\w|[.,:]\d|[ \u00a0]?(?:%|€|x\b|uur|u\b|min|sec|dag|nacht|week|weken|maand|jaar|keer|keren"
    r"|maal|euro|eur\b|cent|km|kilo|meter|mtr|m2|cm|graden|procent|person|mensen|stuks|winkel|woning"
    r"|huizen|auto|bus|nieuwe|ster|plaats|miljoen|year|hour|minute|day|week|month|time|mile|people"
    r"|stars?\b|am\b|pm\b|million|pounds?|/ ?10\b))"
)
"""After a number: nothing that it counts or measures."""
_ADDITION = r"(?:(?:[ ]?[-/][ ]?| )?(?:[a-hA-H]|hs|bis|I{1,3}V?)|[-/]\d{1,4})?"
_NUMBER = rf"\d{{1,5}}{_ADDITION}{_COUNTED}"
_DUTCH_POSTCODE = r"[1-9]\d{3} ?[A-Z]{2}(?!\w)"

_SUFFIX = (
    r"(?:straat|str\.|laan|weg|plein|gracht|kade|singel|dijk|dyk|hof|pad"  # codespell:ignore
    r"|steeg|dreef|plantsoen|park|markt|wal|haven|baan|rand|veld|akker|einde|eind|erf|gaarde|vaart|werf|heuvel|zoom|strjitte"
    r"|leane|straatje|laantje|stra(?:ß|ss)e|allee|gasse|platz)"
)
_FIRST = (
    r"(?!(?:In|Op|De|Het|Bij|Naar|Voor|Aan|Ons|Onze|Mijn|Jullie|En|Of|Uw|Die|Dat|Er|Via|Tot"
    r"|de|het|den|der|du|ten|ter|['’]t|[Vv]an(?! de[rn]? |['’]t)) )"
)
"""No name of a street starts with these; "Van der" may."""
_BEFORE = (
    rf"{_FIRST}(?:(?:[Vv]an|von|der|den|de|het|['’]t|ten|ter|\d{{1,2}}e"
    rf"|[{_UPPER}][\w.'’-]{{0,25}}) ){{0,4}}"
)
_STREET = re.compile(
    rf"(?<![\w-]){_BEFORE}(?P<street>[{_UPPER}][\w'’.-]{{0,40}}?{_SUFFIX}"
    r"|(?:Laan|Plein|Weg|Kade|Hof|Park|Pad|Singel|Dijk)"  # codespell:ignore
    r" (?:van|der|de|den|het|['’]t|tot|ten|ter)"
    rf"(?: (?:der|de|den|het))? {_WORD}"
    rf"|(?:Nieuwe?|Oude?|Lange|Korte|Hoge|Lage|Grote|Kleine|Noorder|Zuider) {_WORD}"
    r"|Singel|Gracht|Kade|Spui|Rokin|Damrak|Steenweg)"  # codespell:ignore
    rf" {_NUMBER}(?:,? {{1,2}}{_DUTCH_POSTCODE})?"
)
_LOW_STREET = re.compile(
    r"(?<![\w'’-])(?P<street>[a-zà-ÿ'’-]{2,40}"
    rf"(?:straat|laan|weg|gracht|plein|singel|kade|dreef|steeg)) {_NUMBER}"  # codespell:ignore
)
_NO_STREETS = (
    "snelweg autoweg onderweg spoorweg waterweg vaarweg halverweg uitweg voorrangsweg "
    "provincialeweg ringweg winkelstraat zijstraat dwarsstraat woonstraat hoofdstraat wasstraat "
    "startbaan landingsbaan tennisbaan rijbaan rolbaan kegelbaan busbaan voetbalveld speelveld "
    "sportveld grasveld slagveld invoerveld supermarkt rommelmarkt kerstmarkt weekmarkt "
    "bouwmarkt vlooienmarkt jaarmarkt jachthaven zeehaven luchthaven vakantiepark bungalowpark "
    "pretpark dierenpark speelpark attractiepark strand weekeinde fietspad tuinpad looppad "
    "voetpad wandelpad zebrapad bospad "
)
_GENERIC = frozenset(_NO_STREETS.split())
"""Words that end as streets do, and are followed by numbers that count something."""
_WITH_POSTCODE = re.compile(
    rf"(?<![\w-]){_FIRST}(?:{_WORD} ){{1,3}}\d{{1,5}}{_ADDITION}(?:,? {{1,2}}|,){_DUTCH_POSTCODE}"
)
_LIVING = re.compile(
    r"(?<!\w)[wW]o(?:on|ont|nen) (?:zelf |al )?(?:(?:aan|op|in) )?(?:de |het |['’]t )?"
    rf"(?P<place>(?:{_WORD} ){{1,3}}{_NUMBER})"
)
_POSTCODE = re.compile(
    r"(?<![\w-])(?:[1-9]\d{3} ?[A-Z]{2}|[1-9]\d{3}[a-z]{2})(?:,? {1,2}| ?- ?)"
    rf"\d{{1,5}}{_ADDITION}{_COUNTED}"
)
_BOX = re.compile(r"(?<!\w)(?:postbus|p\.?o\.? ?box|postfach) \d{1,6}(?!\w)", re.IGNORECASE)

_AREAS = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]"
    r"|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?"
    r"|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
_BRITISH_POSTCODE = re.compile(
    rf"(?<![\w-]){_AREAS}\d[A-Z\d]? ?\d(?!GB|TB)[ABD-HJLNP-UW-Z]{{2}}(?!\w)"
    rf"|(?<![\w-]){_AREAS.lower()}\d[a-z\d]? \d(?!gb|tb)[abd-hjlnp-uw-z]{{2}}(?!\w)"
)
_KIND = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Way|Court|Crescent|Gardens|Grove|Terrace"
    r"|Place|Square|Hill|Park|Mews|Row|Walk|View|Green|Rise|Parade|Gate|Wharf|Paddocks?|Cottages?"
    r"|Yard|Croft|Vale|Quay|Villas|Embankment|Broadway|Boulevard)(?!\w)"
)
_BRITISH_STREET = re.compile(
    rf"(?<![\w.,£€$-])(?:(?:(?:Flat|Apartment|Apt|Unit) \d{{1,4}}[A-Za-z]?,? "
    rf"|{_WORD} (?:Cottage|House|Farm|Lodge|Barn|Villa), )?\d{{1,4}}[a-z]?,? "
    rf"(?!(?:Star|Hour|Minute|Day|Year)\b)(?:{_WORD} ){{1,3}}{_KIND}"
    rf"(?:, (?:{_WORD} ){{1,2}}{_KIND})?"
    r"|\d{1,4}[a-z]? (?:high street|(?:church|mill|station|school|park|victoria|london|kings?"
    r"|queens?) (?:street|road|lane|avenue))(?!\w)"
    r"|\d{1,4}(?: ?bis)?,? (?:rue|avenue|boulevard|place|allée|chemin|impasse|quai) "
    rf"(?:de la |du |des |de l['’]|de |d['’])?{_WORD})"
)


def address_spans(text: str) -> list[tuple[int, int]]:
    """Find Dutch and British addresses, and German and French ones that look alike.

    A street goes with its number, a Dutch postcode with the number of a house or after a street;
    a British postcode goes alone, for it tells of some fifteen houses. A street without a number,
    and a Dutch postcode alone, stay.

    Args:
        text: what somebody wrote.

    Returns:
        Where each starts and ends.

    References:
        NEN 5825 (Dutch addresses); Royal Mail, Programmers' Guide to the Postcode Address File.

    Example:
        >>> text = "Van Kerkstraat 12, 1234 AB Zwolle naar SW1A 1AA; in de Kerkstraat 3 keer gebeld"
        >>> [text[start:end] for start, end in address_spans(text)]
        ['Kerkstraat 12, 1234 AB', 'SW1A 1AA']
    """
    if not re.search(r"\d", text):
        return []
    found = [
        each.span()
        for pattern in (_STREET, _LOW_STREET)
        for each in pattern.finditer(text)
        if each["street"].lower() not in _GENERIC
    ]
    found += [each.span("place") for each in _LIVING.finditer(text)]
    for pattern in (_WITH_POSTCODE, _POSTCODE, _BOX, _BRITISH_POSTCODE, _BRITISH_STREET):
        found += [each.span() for each in pattern.finditer(text)]
    return sorted(set(found))
