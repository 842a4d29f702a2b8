"""Dates of birth, passports and other papers, and order numbers where they count as personal."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from bot.coaching.ports import Span
from bot.privacy.context import before, is_order

_MONTHS = (
    r"(?:jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch)?|maart|mrt|apr(?:il)?"
    r"|may|mei|june?|juni|july?|juli|aug(?:ust|ustus)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:ta|n)?)"
)
_DATE = re.compile(
    rf"(?<![\w.,/-])(?:\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?(?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|e)?(?: of)? {_MONTHS}\.?(?:,? (?:19|20)\d\d)?"
    rf"|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?![\w]|[/-]\d|\.\d)",
    re.IGNORECASE,
)
# A whole date of so long ago is hardly anything else.
_LONG_AGO = re.compile(r"(?<!\d)19[2-9]\d(?!\d)")
_SINCE = re.compile(
    r"\b(?:since|from|until|opened|built|founded|sinds|vanaf|tot|sedert|opgericht|alkaen|lähtien|saakka|perustettu"
    r"|rakennettu)\b[^\n.!?]{0,12}$",
    re.IGNORECASE,
)
_BIRTH_BEFORE = re.compile(
    r"(?:\bborn\b|\bbirth ?(?:date|day)\b|\bdate of birth\b|\bd\.?o\.?b\b|\bgeboren\b"
    r"|\bgeboorte\w*|\bgeb\.|\bgebdatum\b"
    r"|\bverjaar(?:dag|t)?\b|\bjarig\b|\bsynty\w*|\bsynt\.|\bsyntymä\w*|\bs\.(?= ?$))"
    r"(?:[^\n!?]{0,36}|[^\n!?]{0,30}\?[ ]?\n[^\n!?]{0,16})$",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    r"[,;]? (?:BSN|passi|paspoort|passport|henkilökortti|identiteitskaart)\b"
    r"|[^\n.!?]{0,16}\b(?:(?:is|was|as|on|oli|ja|and|en|\() ?)?(?:my |his |her |their |the |mijn |zijn |haar |m'n )?"
    r"(?:birthday|birth ?date|date of birth|d\.?o\.?b\b|geboortedatum|verjaardag|geboren|jarig|syntymä(?:aika|päivä)\w*"
    r"|syntynyt|syntyn\w*)",
    re.IGNORECASE,
)
# "My daughter Ines (03.07.2012)", "our son is of 3 July 2012", "Tomas, 03-07-1991, BSN".
_WHOLE_DATE = re.compile(r"(?:19|20)\d\d$|^(?:19|20)\d\d")
_A_CHILD = re.compile(
    r"\b(?:sons?|daughters?|child(?:ren)?|boys?|girls?|baby|twins?|pupil|student|patient"
    r"|zoon\w*|dochter\w*|kind\w*|jongste|oudste|kleinzoon\w*|kleindochter\w*|leerling|pati[eë]nt|tweeling"
    r"|poika\w*|pojan\w*|pojalla\w*|tytär\w*|tyttär\w*|tyttö\w*|tytö\w*|laps\w*|vauva\w*|oppilas|potilas)\b"
    r"(?:[^\n.!?]{0,40}[(,]| is van| is of|) ?$",
    re.IGNORECASE,
)

_PAPER = re.compile(
    r"\b(?:passport|paspoort\w*|passi(?:n|ni|nro|numero|nume\w*)?|passinumero\w*|id[ -]?(?:card|kaart|kortti\w*|kortin)"
    r"|identity card|identiteitskaart\w*|identiteitsbewijs|henkilökort\w*|henkkar\w*"
    r"|driv(?:ing|er'?s?) licen[cs]e|rijbewijs\w*"
    r"|ajokort\w*|document ?(?:number|nummer)|travel document|reisdocument\w*"
    r"|\w{0,10}ausweis\w*|reisepass|residence permit|verblijfs\w*"
    r"|oleskelulu\w*)(?P<between>(?:[^\n.!?]|(?<=[Nn]o)\.|(?<=[Nn]r)\.){0,40}?)(?<![\w-])"
    r"(?P<value>(?=(?:[A-Z0-9-]{0,8}\d){3})[A-Z0-9]{6,20}"
    r"|(?=[A-Z0-9-]{0,10}\d)[A-Z0-9]{1,6}[ -][A-Z0-9]{0,8}\d[A-Z0-9]{0,8}|(?-i:[A-Z]{2,3}) \d{6,7})(?![\w-])",
    re.IGNORECASE,
)

_SPOKEN_OF = re.compile(
    r"\b(?:passports?|paspoort\w*|passi\w*|identity cards?|id[ -]?(?:cards?|kaart\w*|kortti\w*|kortin)|(?-i:ID)"
    r"|\w{0,10}ausweis\w*|reisepass"
    r"|henkkar\w*|identiteits\w+|henkilökort\w*|travel documents?|reisdocument\w*|(?:e-)?visa|visum\w*|viisumi\w*)\b",
    re.IGNORECASE,
)
_OF_A_PAPER = re.compile(
    r"(?<![\w-])(?:[A-NP-Z]{2}(?=[A-NP-Z0-9]*\d[A-NP-Z0-9]*\d)[A-NP-Z0-9]{6}\d|[A-Z]{1,2}\d{6,8}|\d{9}"
    r"|\d{3} \d{3} \d{3}|\d{3}-\d{7}-\d\d)"
    r"(?![\w-])"
)
"""The forms of European, American and Australian passports, and of Belgian identity cards."""
FAR = 200
"""Characters behind a word for a paper, lines and sentences among them, in which its form is enough; before it, FEW."""
FEW = 60
MOST_LETTERS = 3
"""Small letters that the number of a paper has: words have more."""
SHORTEST = 7
"""Signs of a number that is taken for a paper because another of its form was announced as one."""
MOST_FORMS = 8
"""Forms of papers in one text that are looked for again."""

_ORDER = re.compile(
    r"\b(?:orders?|order ?number|order ?no|bestelling|bestelnummer|bestelnr|ordernummer|tilau\w+|tilausnumero\w*)\b"
    r"[^\w\n]{0,4}(?:(?:number|nummer|numero|no|nr|is|on|with|met)\b[^\w\n]{0,4}){0,2}"
    r"(?P<value>(?=[\w-]{0,24}\d)[A-Za-z0-9][\w-]{2,24})"
    r"|(?<!\w)#(?P<other>(?=[\w-]{0,24}\d)[A-Za-z0-9][\w-]{3,24})",
    re.IGNORECASE,
)

_OF_A_CUSTOMER = re.compile(
    r"\b(?:customer|client|cust|member(?:ship)?|policy|account|student|employee|patient|candidate|loyalty"
    r"|klant|lid|lidmaatschaps?|\w*polis|leerling|personeels|kandidaat|pati[eë]nt|relatie"
    r"|asiakas|jäsen|\w*vakuutu(?:s|ksen)|opiskelija|henkilöstö|potilas)"
    r"[ -]?(?:(?:numbers?|no|nr|ref|id|nummer|nro|numero\w*|tunnus)\b\.?)?(?:[ :#]|(?:is|was|on|van|met)\b){0,6}"
    r"(?P<value>(?=(?:[^\d\n]{0,5}\d){5})(?-i:[A-Z]{0,4})[ ./-]?\d(?:[ ./-]?(?-i:[\dA-Z])){3,15})(?!\w)",
    re.IGNORECASE,
)


def find(text: str, language: str) -> Iterator[Span]:
    """Dates of birth and numbers of papers."""
    for match in _DATE.finditer(text):
        born = _BIRTH_BEFORE.search(before(text, match.start()))
        long_ago = _LONG_AGO.search(match.group()) and not _SINCE.search(before(text, match.start()))
        a_childs = _WHOLE_DATE.search(match.group()) and _A_CHILD.search(before(text, match.start()))
        if born or long_ago or a_childs or _BIRTH_AFTER.match(text, match.end()):
            yield Span(*match.span(), "BIRTHDATE")
    papers = {match.span("value") for match in _PAPER.finditer(text) if _is_paper(match)} | {*_by_form(text)}
    for start, end in {*papers, *_alike(text, papers)}:
        yield Span(start, end, "PASSPORT")


def _by_form(text: str) -> Iterator[tuple[int, int]]:
    for said in _SPOKEN_OF.finditer(text):
        for match in _OF_A_PAPER.finditer(text, max(0, said.start() - FEW), said.end() + FAR):
            if not is_order(text, match.start()):
                yield match.span()


def _is_paper(match: re.Match[str]) -> bool:
    letters = sum(char.isalpha() for char in match["value"])
    return (letters <= MOST_LETTERS or match["value"].isupper()) and not is_order(match.string, match.start("value"))


def _alike(text: str, papers: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What has the form of a paper that was announced: of two passports in a message the second often is not."""
    for letters, length in sorted({_form(text[start:end]) for start, end in papers})[-MOST_FORMS:]:
        if length >= SHORTEST:
            figures = r"\d" if letters in (0, length) else "[A-Z0-9]"
            form = rf"(?<![\w-])[A-Z]{{{letters}}}(?=[A-Z]*\d[A-Z]*\d){figures}{{{length - letters}}}(?![\w-])"
            yield from (match.span() for match in re.finditer(form, text))


def _form(value: str) -> tuple[int, int]:
    """How many letters the number of a paper begins with, and how long it is; 0 and 0 where it stands in parts."""
    letters = len(value) - len(value.lstrip(string.ascii_uppercase))
    return (letters, len(value)) if value.isalnum() else (0, 0)


def find_orders(text: str) -> Iterator[Span]:
    """The numbers of orders, and those that a company gives its customers, named as such."""
    for match in _ORDER.finditer(text):
        yield Span(*match.span("value" if match["value"] else "other"), "ORDER")
    for match in _OF_A_CUSTOMER.finditer(text):
        yield Span(*match.span("value"), "ORDER")
