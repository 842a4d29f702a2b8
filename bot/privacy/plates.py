"""Number plates: by their form where no other number has it, else by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coaching.ports import Span
from bot.privacy.context import before, is_order

# The forms ("sidecodes") that the Dutch vehicle authority RDW has given out: https://www.rdw.nl
_DUTCH_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}"
    r"|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]"
    r"|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d"
    r"|[1-9]-[A-Z]{3}-\d{3}|S-[A-Z]{3,4}-\d{3})(?![\w-])"
)
_BRITISH_PLATE = re.compile(r"(?<![\w-])[A-Z]{2}\d{2} (?!USB|LED|UHD|PRO|MAX|GPS|HDR|SSD|RAM|RGB)[A-Z]{3}(?![\w-])")
_ANY_PLATE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9 -]{0,8}\d)(?=[A-Z0-9 -]{0,8}[A-Z])[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,4}){1,2}(?![\w-])"
)
_VEHICLE = re.compile(
    r"(?:\b(?:number ?plates?|licen[cs]e plates?|plates?|registration|reg(?:istration)?(?: (?:number|no))?|vrm"
    r"|kenteken\w*"
    r"|nummerplaat|kentekenplaat|plaat|omistajanvaihdo\w*|rekisterinumero\w*|rekisteritunnu\w*|rekisterikilp\w*"
    r"|rekisterikilv\w*|rekkari\w*|rekkar\w*"
    r"|kilvet|kilvis\w*|kilpi\w*|kilven|auto(?:n|t|ni|mme|ssa|ssani|lla|llani|lle|on)?|pakettiauto\w*|henkilöauto\w*"
    r"|rego|car(?! park| wash| seat)|van|vehicle|truck|lorry|motorbike|ute|caravan|moped|taxi|coach"
    r"|auto|bus|wagen|busje|motor|scooter|brommer|bromfiets|voertuig|camper|aanhanger|vrachtwagen"
    r"|moottoripyörä\w*|traileri\w*|peräkärry\w*|mopo\w*|perävaunu\w*|ajoneuvo\w*)\b[^\n.!?]{0,28}"
    r"|\brek\. ?(?:nro\.? ?)?)$",
    re.IGNORECASE,
)
_SURE_VEHICLE = re.compile(
    r"plate|registration|\brego?\b|vrm|(?:vehicle|voertuig|ajoneuvo) ?:|kenteken|plaat|rekister|rekkar|\brek\.|kilve"
    r"|kilvi|kilpi",
    re.IGNORECASE,
)
_IRISH_PLATE = re.compile(r"(?<![\w-])\d{2,3}-[A-Z]{1,2}-\d{1,6}(?![\w-])")
_FINNISH_PLATE = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,3}-[1-9]\d{0,2}(?![\w-])")
_OTHER_PLATES = (
    re.compile(
        r"(?<![\w-])(?:[A-Z]{2}\d\d ?[A-Z]{3}|[A-ZÅÄÖ]{3}-\d{2,3}|\d[A-Z]{3}\d{3}|[A-Z]{2} \d\d [A-Z]{1,2} \d{4})"
        r"(?![\w-])",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w-])(?=[A-Z\d]{6}(?![\w-]))(?:\d{1,3}[A-Z]{2,3}\d{1,3}|[A-Z]{1,3}\d{2,3}[A-Z]{1,3})(?![\w-])",
        re.IGNORECASE,
    ),
)
"""British and Finnish plates, those of California and India, also in small letters; Dutch ones without hyphens."""
_SPACED_PLATE = re.compile(
    r"(?<![\w-])(?!EUR|USD|GBP|SEK|NOK|ERR|PLU|PIN|SKU|REF|ART|PNR|BMW|KIA|VIA)(?:[A-Z]{3}[ -]\d{4}|[A-ZÅÄÖ]{3} \d{2,3}"
    r"|[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2} \d{1,4}|\d{3} (?!EUR|USD|GBP|SEK|NOK|KPL|KWH)[A-Z]{3})(?![\w-])"
)
"""Other American ones, Irish, German and Estonian ones."""
_ON_WHEELS = re.compile(
    r"\b(?:toyota|yari\w*|corolla\w*|tacoma|hiace\w*|octavia\w*|fabia\w*|passat\w*|transit\w*|sprinter\w*|volvo"
    r"|volkswagen|vw|skoda|škoda|ford|opel|kia|hyundai|nissan|audi|bmw|mercedes|mersu|seat|peugeot"
    r"|citroen|citroën|renault|fiat|honda|mazda|mitsubishi|subaru|suzuki|tesla|dacia|polestar|scania|iveco|lexus"
    r"|volkkari"
    r"|auto\w*|katsast\w*|renka\w*|rengas\w*|\w{0,12}pysäköin\w*|asukaslupa\w*|valvontamaksu\w*|toll|tolls|qashqai"
    r"|parkki\w*|aja[ant]|ajoi|kolari\w*|peräänajo\w*|kuljettaja\w*|hinau\w*"
    r"|hinaa\w*|lataus\w*|tankk\w*|mittarilukema\w*|kilometri\w*|rekisteri\w*|traileri\w*|peräkärry\w*"
    r"|cars?|vans?|camper\w*|busje|bestelbus\w*|paku(?:ni|nsa|si|n)?|trucks?|parking|parked|towed|tow|garage|mileage"
    r"|rego|sedan|pickup|jeep|chevy|chevrolet"
    r"|moottoripyörä\w*|mopo\w*|ajoneuvo\w*|vahinkoilmoitu\w*|peruutin|peruutti|peltivauri\w*)\b",
    re.IGNORECASE,
)
LONGEST = 10
"""Signs of a plate, with its spaces."""
NEAR = 90
"""Characters before and behind what may be a plate that are looked at for a word of cars."""
_VEHICLE_AFTER = re.compile(
    r"[^\n.!?]{0,12}\b(?:number ?plate|license plate|is (?:the|my) (?:plate|reg)"
    r"|kenteken|nummerplaat|rekisterinumero\w*"
    r"|rekisteritunnu\w*|rekisterikil\w*)",
    re.IGNORECASE,
)


def find(text: str, language: str) -> Iterator[Span]:
    """Number plates."""
    found = {*_by_form(text, language), *_near_cars(text), *_announced(text, language)}
    if any(_FINNISH_PLATE.fullmatch(text, start, end) for start, end in found):
        found |= {match.span() for match in _FINNISH_PLATE.finditer(text)}  # of two plates the second is only named
    for start, end in found:
        yield Span(start, end, "PLATE")


def _by_form(text: str, language: str) -> Iterator[tuple[int, int]]:
    """British ones, and Dutch ones in Dutch, unless they are said to be the number of something else."""
    for pattern in (_BRITISH_PLATE, _DUTCH_PLATE) if language in ("nl", "") else (_BRITISH_PLATE,):
        for match in pattern.finditer(text):
            if not is_order(text, match.start()):
                yield match.span()


def _near_cars(text: str) -> Iterator[tuple[int, int]]:
    """What has the form of a plate, with a word of cars on either side."""
    for pattern in (_DUTCH_PLATE, _IRISH_PLATE, *_OTHER_PLATES):
        for match in pattern.finditer(text):
            on_wheels = _ON_WHEELS.search(text, max(0, match.start() - NEAR), match.end() + NEAR)
            if on_wheels and not is_order(text, match.start()):
                yield match.span()


def _announced(text: str, language: str) -> Iterator[tuple[int, int]]:
    """What a word for a plate, or for a car, stands right before or behind."""
    kinds = (_IRISH_PLATE, _SPACED_PLATE)
    for pattern in (*kinds, _FINNISH_PLATE) if language in ("fi", "") else kinds:
        for match in pattern.finditer(text):
            behind = pattern is _FINNISH_PLATE and _VEHICLE_AFTER.match(text, match.end())
            if behind or _VEHICLE.search(before(text, match.start())):
                yield match.span()
    for match in _ANY_PLATE.finditer(text):
        said, plate = _VEHICLE.search(before(text, match.start())), match.group()
        sure = said and _SURE_VEHICLE.search(said.group())
        mixed = any(map(str.isdigit, plate)) and any(map(str.isalpha, plate))
        if mixed and 4 <= len(plate) <= LONGEST and (sure or _VEHICLE_AFTER.match(text, match.end())):
            yield match.span()
