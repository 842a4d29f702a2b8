"""Postal addresses in the forms of the Netherlands, Belgium, Finland, the United Kingdom and the United States."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coaching.ports import Span

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_TOWN_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]{1,30}"
_TOWN = rf"{_TOWN_WORD}(?:[ -](?:aan|den|de|der|op|bij|upon|on|the|le|{_TOWN_WORD})){{0,3}}"
_DUTCH_CODE = r"[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}"
_BRITISH_CODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}"
_IRISH_CODE = r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?(?=[AC-FHKNPRTV-Y\d]{0,3}\d)[AC-FHKNPRTV-Y\d]{4}"
_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
_SEP = r"(?:,? |,?\n ?|, ?)"
_COUNTRY = (
    rf"(?:{_SEP}(?:Nederland|België|Belgium|The Netherlands|Netherlands|Finland"
    rf"|Suomi|UK|United Kingdom|England|Scotland"
    r"|Wales|USA|US|United States)\b)?"
)
_UNITS = (
    r"(?! ?(?:euro|eur|kk|uur|dag|dagen|weken|week|maand|jaar|minut|graden|keer"
    r"|stuks|procent|kg|km|kpl|päiv|tun|vuo|viikko|asti|x |%|€))"
)
_HOUSE = (
    r"\d{1,5}(?:(?:[ -]?[A-Za-z](?![\w']))|(?:[ -]?(?:bis|hs|huis|[IV]{1,3}|rood|zwart|boven|beneden)(?!\w))"
    r"|(?:[-/]\d{1,4}(?!\d)[A-Za-z]?)){0,2}(?: ?(?:bus|apt\.?|appt\.?|appartement|unit|kamer|verdieping) ?\w{1,6})?"
)

# Mostly the last part of one word: Kerkstraat, Keizersgracht, Oude Rijksstraatweg, Laan van Meerdervoort.
_DUTCH_ENDING = (
    r"(?:straat|str\.|straatje|laan|weg|plein|gracht|kade|singel|dreef|hof|pad"
    r"|steeg|dijk|markt|burg|wal|hoek|park|poort|veld|berg"
    r"|plantsoen|baan|kamp|brink|boulevard|dam|haven|meent|horst|erf|oord|akker"
    r"|heide|rade|stede|zoom|vaart|sluis|brug|wei"
    r"|lei|kaai|vest|ring|rei|plaats|daal|donk|waard|hage|weide|beek|schans|kwartier"
    r"|gaarde|hout|straete|hoeve|bos|rak|werf|passage|baan|molen|akkers|velden"
    r"|landen)"
)
_DUTCH_STREET = (
    rf"(?:(?:\d{{1,2}}e |{_CAP} |van |de |der |den |het |ten |ter |'t |op ){{0,4}}"
    rf"(?:[A-ZÀ-ÖØ-Þ][\w'’-]{{0,30}}{_DUTCH_ENDING}"
    rf"|(?:Straat|Laan|Weg|Plein|Gracht|Dijk|Dam|Brink|Markt|Singel|Park|Hof|Voorhout"
    rf"|Rokin|Spui))"
    rf"|(?:Laan|Plein|Hof|Weg|Park)(?: (?:van|de|der|den|het|ten|ter)){{1,3}}(?: {_CAP}){{1,3}}"
    rf"|(?:Rue|Avenue|Chaussée|Place|Boulevard|Quai|Drève|Square)(?: (?:de|du"
    rf"|des|la|le|les|d'|l')){{0,3}}(?: {_CAP}){{1,3}}|Plein 19\d\d)"
)
_DUTCH_TAIL = (
    rf"(?:{_SEP}(?:{_DUTCH_CODE}|B-?[1-9]\d{{3}}|[1-9]\d{{3}}(?= [A-Z]))(?:,?"
    rf" {{1,2}}{_TOWN})?|(?:,| in| te|,? gemeente) {_TOWN})?"
)
_DUTCH = re.compile(
    rf"(?<![\w-]){_DUTCH_STREET}(?:,? (?:nr\.?|nummer|huisnummer|no\.?))? {_HOUSE}{_UNITS}(?!\w"
    rf"|[.,:]\d|%| ?[€%]){_DUTCH_TAIL}{_COUNTRY}"
)
_ANY_WITH_CODE = re.compile(
    rf"(?<![\w-])(?:(?:{_CAP}|van|de|der|den|het|'t|op) ){{1,4}}{_HOUSE}{_SEP}{_DUTCH_CODE}(?!\w)(?:,?"
    rf" {_TOWN})?{_COUNTRY}"
)
_DUTCH_CODE_ALONE = re.compile(
    r"(?<![\w.,-])[1-9]\d{3} ?(?!SA|SD|SS|AD|BC|CE|CM|DM|EN|ER|EU|EX|GB|GR|HD"
    r"|HP|HZ|KB|KG|KM|KW|LT|MB|ML|MM|MG|MT|NL|NM|OK|PK|PM|AM|PC|PX|TB|UK|US|VA"
    r"|WH|XL|MW|BV|NV|BE|FI|IN|OF|OP|OM|EP|ST|TV|DE|SK|CC|RS|TD|GT|LS|KC|AC)"
    rf"[A-EGHJ-NPR-TV-XZ]{{2}}(?!\w)(?:(?:,? |, ?)(?=[A-Z])(?:{_TOWN}))?"
)
_BELGIAN_TOWN = re.compile(rf"(?<![\w.,-])B-[1-9]\d{{3}} {_TOWN}")
_DUTCH_BOX = re.compile(rf"\b(?:[Pp]ostbus|[Aa]ntwoordnummer) \d{{1,6}}(?:{_SEP}{_DUTCH_CODE}(?:,? {_TOWN})?)?")
_HOUSE_AND_CODE = re.compile(
    rf"\b(?:huisnummer|house number|nummer|nr\.?|number) {_HOUSE}(?=[^\n.]{{0,24}}{_DUTCH_CODE})"
    rf"|{_DUTCH_CODE}(?:,? (?:huisnummer|nr\.?|nummer|number|house number|en huisnummer"
    rf"|and house number))? (?!\d+ ?(?:uur|euro|dagen)){_HOUSE}(?![\w%]| ?€)"
)

_FINNISH_ENDING = (
    r"(?:kadu|katu|tie|kuja|polku|polu|ranta|ranna|kaari|kaare|väylä|raitti|raiti"
    r"|aukio|tori|rinne|rintee|mäki|mäe|penger|penkere"
    r"|bulevardi|esplanadi|puistikko|puisto|laituri|portti|porti|taival|silta"
    r"|rannantie|piha|kallio|kylä|niitty|gatan|vägen|gränden"
    r"|stigen|kulma|kierto|kierro|harju|laakso|pelto|perä|kulku|laita)"
)
_FINNISH_CASE = r"(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|en|an|än|seen)?"
_FINNISH_UNIT = (
    r"(?:(?:[-–]\d{1,3})?(?: ?(?:as\.?|rappu|porras|krs\.?|huoneisto|[A-Za-z](?![\w']))"
    r" ?\d{0,4}[a-z]?(?!\w)){0,3}(?: (?:as\.? ?)?\d{1,3}(?![\w.,:€%]))?)"
)
_FINNISH_TAIL = rf"(?:{_SEP}(?:FI-?)?\d{{5}}(?: {_TOWN})?|, {_TOWN})?"
_FINNISH = re.compile(
    rf"(?<![\w-])(?:{_CAP} ){{0,3}}[A-ZÅÄÖ][\wåäö:-]{{1,30}}{_FINNISH_ENDING}{_FINNISH_CASE}"
    rf" \d{{1,4}}{_FINNISH_UNIT}{_UNITS}(?!\w|[.,:]\d| ?[€%]){_FINNISH_TAIL}{_COUNTRY}"
    rf"|(?<![\w-])(?:{_CAP} ){{1,2}}(?:tie|katu|kuja|polku|aukio|tori|puisto){_FINNISH_CASE}"
    rf" \d{{1,4}}{_FINNISH_UNIT}(?!\w|[.,:]\d){_FINNISH_TAIL}{_COUNTRY}"
)
_FINNISH_BOX = re.compile(rf"\b(?:PL|PB) \d{{1,5}}{_SEP}\d{{5}}(?: {_TOWN})?")
_FINNISH_ANY = re.compile(rf"(?<![\w-])(?:{_CAP} ){{1,3}}\d{{1,4}}{_FINNISH_UNIT}{_SEP}(?:FI-?)?\d{{5}} {_TOWN}")
_FINNISH_TOWN = re.compile(
    rf"(?:(?<=osoite )|(?<=osoitteeni )|(?<=postinumero )|(?<=postinumeroni on"
    rf" )|(?<=postinumero on )|(?<=FI-))\d{{5}}(?: {_TOWN})?(?!\w)"
)

_ENGLISH_ENDING = (
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.?|Close|Court"
    r"|Ct\.?|Way|Place|Pl\.?|Crescent|Terrace|Gardens"
    r"|Square|Sq\.?|Boulevard|Blvd\.?|Parkway|Pkwy\.?|Hill|Row|Mews|Grove|Walk"
    r"|Park|Highway|Hwy\.?|Broadway|Circle|Cir\.?|Trail|Rise"
    r"|View|Green|Gate|Quay|Wharf|Parade|Vale|Yard|Loop|Run|Pike|Path|Bend|Cove"
    r"|Point|Ridge|Common|Wynd|Brae|Embankment|Bank)"
)
_UNIT = r"(?:(?:Flat|Apartment|Apt\.?|Unit|Suite|Room|Studio|Floor|#) ?[A-Z]?\d{0,4}[A-Z]?)"
_ENGLISH_TAIL = (
    rf"(?:(?:{_SEP}{_UNIT})?(?:{_SEP}{_CAP}(?: (?:upon|on|under|in|the|{_CAP})){{0,3}}(?: \d{{1,2}}W?(?=,))?){{0,2}}"
    rf"(?:{_SEP}(?:{_BRITISH_CODE}|{_IRISH_CODE}(?!\w)"
    rf"|(?:{_STATES})\b(?:,? \d{{5}}(?:-\d{{4}})?)?|\d{{5}}(?:-\d{{4}})?(?!\w)))?)"
)
_ENGLISH = re.compile(
    rf"(?:(?<![\w-]){_UNIT}(?:,? (?:{_CAP} ){{0,3}}|, (?:{_CAP} ){{0,3}}{_CAP}, |, ))?"
    rf"(?<![\w.,€$£#-])\d{{1,5}}[A-Za-z]?(?:[-–/]\d{{1,4}}[A-Za-z]?)?"
    rf" (?:[NSEW]\.? |North |South |East |West )?"
    rf"(?:(?:{_CAP}|\d{{1,3}}(?:st|nd|rd|th)|of|the|de|la) ){{1,4}}{_ENGLISH_ENDING}(?![\w'’])(?:"
    rf" (?:NW|NE|SW|SE|N|S|E|W|North|South|East|West)\b)?{_ENGLISH_TAIL}{_COUNTRY}"
    rf"|(?<![\w.,€$£#-])\d{{1,5}}[A-Za-z]? (?:The )?(?:Broadway|Strand|High St"
    rf"|Mall|Esplanade|Close|Crescent|Green|Avenue|Embankment)(?![\w'’]){_ENGLISH_TAIL}"
)
_BRITISH_ANY = re.compile(
    rf"(?<![\w.,€$£#-])(?:{_UNIT},? )?\d{{1,4}}[A-Za-z]? (?:{_CAP} ){{0,3}}{_CAP}"
    rf"(?:{_SEP}{_TOWN}){{0,3}}{_SEP}{_BRITISH_CODE}(?!\w)"
)
_BRITISH_CODE_ALONE = re.compile(
    rf"(?<![\w-])(?:{_CAP},? )?(?:(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]"
    rf"|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?"
    rf"|N[EGNPRW]?|O[LX]"
    r"|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})(?!\w)"
)
_BRITISH_NAMED = re.compile(rf"(?<![\w-])(?:(?:{_CAP} ){{0,2}}{_CAP}, ){{2,4}}{_BRITISH_CODE}(?!\w)")
_CANADIAN_CODE = re.compile(
    rf"(?<![\w-])(?:{_CAP},? ){{1,2}}(?:AB|BC|MB|NB|NL|NS|ON|PE|QC|SK|YT)\.? [A-Z]\d[A-Z] ?\d[A-Z]\d(?!\w)"
)
_IRISH = re.compile(
    rf"(?<![\w-])(?:{_TOWN}, ){{1,3}}(?:Co\.? {_TOWN}(?:, {_IRISH_CODE})?|{_IRISH_CODE})(?!\w)"
    r"|(?<![\w-])[AC-FHKNPRTV-Y]\d{2} (?=[AC-FHKNPRTV-Y]{0,3}\d)(?=\d{0,3}[A-Z])[AC-FHKNPRTV-Y\d]{4}(?![\w-])"
)
_AMERICAN_CODE = re.compile(rf"(?<![\w-])(?:{_CAP} ){{0,2}}{_CAP}, (?:{_STATES})\.? \d{{5}}(?:-\d{{4}})?(?!\w)")
_BOX = re.compile(
    rf"\bP\.? ?O\.? ?Box \d{{1,6}}(?:{_SEP}{_CAP}(?: {_CAP}){{0,2}})?(?:{_SEP}(?:{_BRITISH_CODE}"
    rf"|(?:{_STATES})\b \d{{5}}))?",
    re.IGNORECASE,
)
# Typed in haste, without capitals: only the plainest forms.
_HASTY_DUTCH = re.compile(
    r"(?<![\w-])\w{2,24}(?:straat|laan|gracht|plein|kade|singel|steeg|dreef)(?: nr\.?)? \d{1,4}(?: ?[a-z])?"
    rf"{_UNITS}(?![\w%]|[.,:]\d)(?: (?:in|te) \w{{2,24}})?",
    re.IGNORECASE,
)
_HASTY = re.compile(
    r"(?<![\w-])(?!valta|kanta|moottori|työ|pelas)\w{3,24}(?:katu|tie|kuja|polku)(?:lla|llä|lle)?"
    rf" \d{{1,4}}(?: ?[a-z] ?\d{{0,3}})?{_UNITS}(?![\w%]|[.,:]\d)"
    r"|(?<![\w.,€$£#-])\d{1,5} (?!way|one|main road)[a-z]{2,20}(?: [a-z]{2,20})?"
    r" (?:street|st|road|rd|avenue|ave|lane|ln|crescent)\b"
    rf"(?:,? [a-z]{{2,20}}(?: [a-z]{{2,20}})?,? (?:{_STATES}),? \d{{5}}(?!\w))?",
    re.IGNORECASE,
)
_PATTERNS = (
    _HASTY,
    _DUTCH, _ANY_WITH_CODE, _DUTCH_CODE_ALONE, _BELGIAN_TOWN, _DUTCH_BOX, _HOUSE_AND_CODE,
    _FINNISH, _FINNISH_BOX, _FINNISH_ANY, _FINNISH_TOWN,
    _ENGLISH, _BRITISH_ANY, _BRITISH_CODE_ALONE, _BRITISH_NAMED, _IRISH, _CANADIAN_CODE, _AMERICAN_CODE, _BOX,
)  # fmt: skip


_SMALL = re.compile(r"^(?:(?:op|de|der|den|het|van|ten|ter) ){1,4}")


def find(text: str, language: str) -> Iterator[Span]:
    """Streets with a house number, with what follows of flat, code, town and country; boxes; codes of a few houses."""
    # In Finnish "-laan" is an ending ("tilaan 2").
    for pattern in _PATTERNS if language == "fi" else (_HASTY_DUTCH, *_PATTERNS):
        for match in pattern.finditer(text):
            start = match.end() - len(_SMALL.sub("", match.group()))
            yield Span(start, match.start() + len(match.group().rstrip(" ,\n.")), "ADDRESS")
