"""Bytes become text, whatever wrote them."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]")
# Everything that is neither text nor white space, and the marks that only steer layout.
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|\x85|\u2028|\u2029")
_SPACES = re.compile("[\t\x0b\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def decode(raw: bytes) -> str | None:
    """The text of these bytes with plain line ends and spaces, or None where they are not text at all."""
    text = _decode(raw)
    sample = text[:65536]
    strange = sum(1 for letter in sample if letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f\v"))
    return None if strange > len(sample) * 0.05 else tidy(text)


def tidy(text: str) -> str:
    """The same text without control characters and halves of characters, with one kind of line end and of space."""
    return _SPACES.sub(" ", _BREAKS.sub("\n", _CONTROLS.sub("", _SURROGATES.sub("", text))))


def encoding_of(sample: bytes) -> str | None:
    """The encoding that the first bytes of a file show: by a mark, or as UTF-16 without one. None: they do not."""
    marked = next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None)
    return marked or _unmarked_utf16(sample[:4096])


def _decode(raw: bytes) -> str:
    if (shown := encoding_of(raw[:4096])) is not None:
        return raw.decode(shown, "replace").removeprefix("\ufeff")
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    if (declared := _declared(raw)) is not None:
        return raw.decode(declared, "replace")
    patched = raw.decode("utf-8", "ignore")
    letters = sum(1 for letter in patched if letter > "\x7f")
    broken = len(raw) - len(patched.encode("utf-8"))
    # Mostly sound UTF-8 with a few stray bytes is still UTF-8.
    return patched if letters > 4 * broken else _eight_bit(raw)


def _unmarked_utf16(sample: bytes) -> str | None:
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    if sample[1::2].count(0) > pairs * 0.6 and sample[::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if sample[::2].count(0) > pairs * 0.6 and sample[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return None


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:4096])
    try:
        return codecs.lookup(match[1].decode("ascii")).name if match else None
    except LookupError:
        return None


def _eight_bit(raw: bytes) -> str:
    """Windows-1252, unless that would make most letters accented ones: then the likeliest other code page."""
    western = raw.decode("cp1252", "replace")
    letters = [letter for letter in western[:65536] if letter.isalpha()]
    if sum(1 for letter in letters if letter > "\x7f") <= len(letters) * 0.3:
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:65536]).best()
    return raw.decode(best.encoding, "replace") if best else western
