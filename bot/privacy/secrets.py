"""Keys, licences and passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.coaching.ports import Span
from bot.privacy.context import DEVICE

# Keys whose makers gave them a form of their own.
_KEY = re.compile(
    r"(?<![\w-])(?:sk-[\w-]{16,200}|[sprw]k_(?:live|test)_\w{8,200}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}"
    r"|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{10,250}|xapp-[\w-]{10,250}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}"
    r"|AIza[\w-]{30,45}|hf_\w{20,64}|SG\.[\w-]{16,32}\.[\w-]{16,64}|npm_\w{30,40}|whsec_\w{16,64}"
    r"|eyJ[\w-]{8,2000}\.[\w-]{4,2000}(?:\.[\w-]{4,1000})?)(?![\w-])"
)
# A licence: groups of capital letters and figures mixed.
_LICENCE = re.compile(
    r"(?<![\w-])(?:(?=[A-Z]{0,5}\d)(?=\d{0,5}[A-Z])[A-Z\d]{4,6}-){2,6}"
    r"(?=[A-Z]{0,5}\d)(?=\d{0,5}[A-Z])[A-Z\d]{4,6}(?![\w-])"
)
_PRIVATE = re.compile(r"-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,24}-----)?")
_BEARER = re.compile(r"\b(?:Bearer|Basic) ([\w.~+/=-]{12,2000})")
_IN_LINK = re.compile(
    r"(?<=[?&])(?:token|access_token|key|api_?key|apikey|code|password|pwd|secret|sig|signature|auth|session)="
    r"([^\s&#\"'<>)]{6,2000})",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"(?<=://)([^\s/:@]{1,64}:[^\s/@]{1,128})@")
_CALLED_KEY = re.compile(
    r"(?:api[ -]?(?:key|sleutel)\w*|api-avai\w*|access key|secret key|client secret|secret|token\w*|private key"
    r"|license key|licence key|licentiesleutel|toegangssleutel|lisenssiavain\w*|recovery (?:key|code)|herstelcode"
    r"|palautuskood\w*|seed phrase|tunniste)\b[^\w\n]{0,4}(?:(?:is|was|on|oli|=|:)[^\w\n]{0,4})?",
    re.IGNORECASE,
)
_KEY_WORD = re.compile(r"[\w.~+/=-]{8,500}")
_PASSWORD = re.compile(
    r"\b(?:pass ?words?|passcode|passphrase|passwd|pwd|pw|pass|wachtwoord\w*|ww|toegangscode|inlogcode"
    r"|salasana\w*|tunnusluku\w*|pin ?-?(?:code|koodi\w*|nummer|number)?|cvc2?|cvv2?|cvc-koodi|security code"
    r"|beveiligingscode|turvakoodi\w*|verification code|verificatiecode|vahvistuskoodi\w*"
    r"|wi-?fi[ -]?(?:code|wachtwoord)|one-time code|otp"
    r"|(?:log-?in|reset|access|activation|unlock) code|herstelcode|activeringscode"
    r"|palautuskoodi\w*|kirjautumiskoodi\w*)\b"
    r"(?P<link>(?: (?:code|number|for (?:the|my|your) \w+|voor (?:de|het|mijn|uw|je) \w+|is|was|on|oli|to|naar|set to"
    r"|now|nu|nyt|still|nog|changed|gewijzigd|in|i use|dat ik gebruik(?:te)?|jota käytin|jota käytän"
    r"|(?:that )?(?:you|they|i) (?:gave|sent|set|got|chose)(?: me| us)?"
    r"|(?:dat|die) (?:ik|je|jullie|u) (?:kreeg|gaf|stuurde|kregen)"
    r"|jonka (?:sain|annoit|lähetit))){0,5}"
    r"(?: ?[:=]| -)?) ?\(?(?:(?P<quote>[\"'“”‘’«»`])(?P<quoted>[^\n\"“”‘’«»`]{3,64})[\"'“”‘’«»`]"
    r"|[\"'“‘«`]?(?P<value>[^\s\"“”‘’«»`]{3,64}))",
    re.IGNORECASE,
)
# A password or key further from the word for it, known by its looks: "the code for the portal is now Bay-Watch#16c".
_SECRET_WORD = re.compile(
    r"\b(?:[\w-]{0,24}(?:pass ?words?|passcodes?|passphrases?|wachtwoord\w*|salasana\w*)|log-?ins?"
    r"|log in|sign in|login(?:tiedot|gegevens)"
    r"|inlog\w*|kirjautu\w*|kirjaudu\w*|tunnukse\w*|credentials)\b",
    re.IGNORECASE,
)
_KEY_CALLED = re.compile(r"\b[\w-]{0,24}(?:keys?|sleutels?|avain|avaimet|avaime\w*|tokens?|bearer)\b", re.IGNORECASE)
FAR = 80
"""Characters behind the word for a secret in which one is looked for."""
FARTHER = 160
"""The same for what has a sign among its letters and figures."""
_FILE = re.compile(r"\.[a-z]{2,4}$")
_STRANGE = re.compile(r"(?<![^\s\"'“”‘’«»(:;,=])[^\s\"“”‘’«»(),;:/@]{8,64}")
_KEY_LIKE = re.compile(r"(?<![\w/.@-])[A-Za-z0-9_-]{12,200}(?![\w/@-]|\.\w)")
_LONG_TOKEN = re.compile(r"(?<![\w/.@=-])[A-Za-z0-9_+/-]{24,512}={0,2}(?![\w/.@-])")
_NO_VALUE = re.compile(
    r"(?:https?:|www\.|incorrect|wrong|invalid|expired|required|correct|verkeerd|onjuist|ongeldig|verlopen|vereist"
    r"|väärä|väärin|virheellinen|vanhentunut|pakollinen|unknown|missing|none|n/a|\[|<)",
    re.IGNORECASE,
)
_PIN = re.compile(r"pin|cv[cv]|tunnusluk|code|koodi|otp", re.IGNORECASE)


def find(text: str, language: str) -> Iterator[Span]:
    """Secrets that their form or the word before them gives away, or their looks where one is spoken of."""
    for start, end in {*_by_form(text), *_announced(text), *_spoken_of(text)}:
        yield Span(start, end, "SECRET")


def _by_form(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_KEY, _LICENCE, _PRIVATE):
        yield from (match.span() for match in pattern.finditer(text))
    for pattern in (_BEARER, _IN_LINK, _LOGIN):
        yield from (match.span(1) for match in pattern.finditer(text))
    yield from (match.span() for match in _LONG_TOKEN.finditer(text) if _random(match.group()))


def _announced(text: str) -> Iterator[tuple[int, int]]:
    for match in _CALLED_KEY.finditer(text):
        key = _KEY_WORD.match(text, match.end())
        if key and _mixed(key.group()):
            yield key.start(), key.start() + len(key.group().rstrip(".,"))
    for match in _PASSWORD.finditer(text):
        group = "quoted" if match["quote"] else "value"
        value = match[group].rstrip("'.,;:)")
        if _is_secret(match, value):
            yield match.start(group), match.start(group) + len(value)


def _spoken_of(text: str) -> Iterator[tuple[int, int]]:
    for said in _SECRET_WORD.finditer(text):
        for word in _STRANGE.finditer(text, said.end(), said.end() + FARTHER):
            value = word.group().rstrip(".!?'")
            if _is_strange(value, far=word.start() > said.end() + FAR):
                yield word.start(), word.start() + len(value)
    for said in _KEY_CALLED.finditer(text):
        for word in _KEY_LIKE.finditer(text, said.end(), said.end() + FAR):
            if _is_key(word.group()):
                yield word.span()


def _is_secret(match: re.Match[str], value: str) -> bool:
    linked, quoted = bool(match["link"].strip()), bool(match["quote"])
    if len(value) < 3 or (not quoted and _NO_VALUE.match(value)):
        return False
    if _PIN.search(match.group()[: match.start("link") - match.start()]):
        return (value.isdigit() and 3 <= len(value) <= 8) or (linked and _mixed(value) and len(value) >= 4)
    if quoted or match["link"].rstrip().endswith((":", "=")):
        return len(value) >= 4
    strange = bool(re.search(r"[!@#$%^&*_+=?~]", value.rstrip("!?"))) or any(char.isdigit() for char in value)
    return len(value) >= 5 and strange and (linked or _mixed(value) or value[-1] in "!?")


def _is_strange(word: str, *, far: bool) -> bool:
    """Whether a word looks like nothing but a password: small letters, figures, and a sign between, or near by many."""
    if DEVICE.match(word) or _FILE.search(word):
        return False
    small, figures = sum(char.islower() for char in word), sum(char.isdigit() for char in word)
    signed = bool(re.search(r"[^\W_][-!#$%^&*_+=~.?][^\W_]", word))
    return small >= 3 and figures >= 1 and (signed or (not far and small >= 4 and figures >= 2))


def _is_key(word: str) -> bool:
    """Whether a long word looks like a key: small and capital letters or parts, with figures between letters."""
    parts = [*re.split(r"[_-]", word), re.sub(r"[_-]", "", word)]
    return any(
        len(re.findall(r"\d", part)) >= 2
        and len(part) >= 6
        and any(map(str.islower, part))
        and (any(map(str.isupper, part)) or len(part) >= 12)
        and sum(_class(a) != _class(b) for a, b in pairwise(part)) >= 3
        for part in parts
    )


def _mixed(word: str) -> bool:
    return any(char.isdigit() for char in word) and any(char.isalpha() for char in word)


def _random(word: str) -> bool:
    """Whether a long word looks drawn by lot: small and capital letters and digits in turns."""
    if not (re.search(r"[a-z]", word) and re.search(r"[A-Z]", word) and len(re.findall(r"[0-9]", word)) >= 3):
        return bool(re.fullmatch(r"[0-9a-f]{32,128}", word))
    turns = sum(_class(a) != _class(b) for a, b in pairwise(word))
    return turns >= len(word) / 3


def _class(char: str) -> int:
    return 0 if char.isdigit() else 1 if char.islower() else 2
