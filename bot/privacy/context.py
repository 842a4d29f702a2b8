"""The words around a number that say what it is."""

from __future__ import annotations

import re

BEFORE = 48
"""Characters before a find that are looked at for the words that explain it."""

_ORDER_WORDS = (
    r"orders?|ordernumber|order ?id|tickets?|cases?|invoices?|ref|references?|tracking|parcel|shipment|barcode|serial"
    r"|sku|ean|isbn|imei|pnr|rma|parts?|onderdeel\w*|varaosa\w*|osa|art|artnr|articles?|items?|models?|errors?|codes?"
    r"|versions?|build|firmware|transactions?"
    r"|booking|customer (?:number|no|id)"
    r"|bestel(?!bus|auto|wagen)\w*|ordernummer|factu\w*|zaak\w*|pakket\w*|zending\w*|klantnummer"
    r"|klantnr|artikel\w*|serienummer|referentie\w*"
    r"|kenmerk|foutcode|trackingcode|track|barcode|dossier\w*|betalingskenmerk|transactie\w*"
    r"|tilau\w*|laskun?|laskunumero\w*|viite\w*|viitteen|seuranta\w*|tuote\w*|virhe\w*|koodi\w*|sarjanumero\w*"
    r"|asiakasnumero\w*|lähety\w*|paketi\w*|paketti\w*|tiketti\w*|maksutunnu\w*|kuitti\w*|kuitin"
)
_ORDER = re.compile(
    rf"(?:\b(?:{_ORDER_WORDS})\b(?:[ :#=.(\"'-]|(?:number|no|nr|nro|id|is|was"
    rf"|of|with|nummer|met|van|numero|on|oli)\b){{0,8}}|[#№])$",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[€$£]|\b(?:eur|usd|gbp|euroa?)) ?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r" ?(?:[€$£%]|(?:eur|euros?|euroa|usd|gbp|kr)\b)", re.IGNORECASE)

DEVICE = re.compile(
    r"(?:iphone|ipad|galaxy|pixel|windows|android|macos|ios|office|chrome|firefox|safari|edge|playstation|xbox|model"
    r"|fritz\w*|router|modem|version\w*|versie\w*|versio\w*|build|deco|archer|room|kamer|huone|covid)",
    re.IGNORECASE,
)
"""How names of devices and programs begin, which have figures in them as passwords do."""


def before(text: str, at: int, length: int = BEFORE) -> str:
    """The characters before a place."""
    return text[max(0, at - length) : at]


def is_order(text: str, start: int) -> bool:
    """Whether the words before say that what follows is the number of an order, parcel, invoice, article, error."""
    return bool(_ORDER.search(before(text, start)))


def is_money(text: str, start: int, end: int) -> bool:
    """Whether a currency stands beside the number."""
    return bool(_MONEY_BEFORE.search(before(text, start, 8)) or _MONEY_AFTER.match(text, end))
