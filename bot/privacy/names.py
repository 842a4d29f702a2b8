"""Names of people: after greetings, titles and the like; above a sender's last line; and by lists of names.

A name that is a word too, and every name beside a company's or a product's word, is believed only where the words
around it leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coaching.ports import Span
from bot.coaching.redact import NAME
from bot.privacy.finnish import plain_forms
from bot.privacy.name_lists import NameLists
from bot.privacy.name_words import (
    ARTICLES,
    CLOSING,
    COMPANY,
    FIELD,
    GREETING,
    INTRODUCED,
    LEADING,
    LEGAL_FORMS,
    MONTHS,
    OFFICE,
    PARTICLES,
    PERSON,
    PLACE_NOUN,
    SMALL_WORDS,
    TITLE,
    WEAKLY,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST_CAPITALS = 6
"""A word of capitals shorter than this is an abbreviation, unless a list has it."""
SHORTEST_LAST = 6
"""Letters from which on an unlisted word in small letters may be a surname."""
MOST_WORDS = 5
"""Words of one name."""

_SPACE = r"[ \t\u00a0]"
_AFTER_GREETING = re.compile(rf"(?<![\w-])(?:{GREETING}),?{_SPACE}", re.IGNORECASE)
_AFTER_TITLE = re.compile(rf"(?<![\w-])(?:{TITLE})\.?{_SPACE}", re.IGNORECASE)
_AFTER_PERSON = re.compile(
    rf"(?<![\w-])(?:{PERSON}),?{_SPACE}(?:is |was |called |named |heet |on |nimeltä" rf" )?", re.IGNORECASE
)
_AFTER_INTRODUCED = re.compile(rf"(?<![\w-])(?:{INTRODUCED})[:,]?{_SPACE}[\"'“]?", re.IGNORECASE)
_AFTER_WEAKLY = re.compile(rf"(?<![\w-])(?:{WEAKLY}),?{_SPACE}", re.IGNORECASE)
_AFTER_FIELD = re.compile(rf"(?:^|(?<=[\n;,|(.]))[ \t*•-]{{0,4}}(?:{FIELD})[ \t]?[:=][ \t*]{{0,3}}", re.IGNORECASE)
_AFTER_CLOSING = re.compile(
    rf"(?<![\w-]){CLOSING}(?:[ \t]?[,.!:/-][ \t]?|[ \t]|\n|[ \t]?[,.!-]?[ \t]?\r?\n){{1,3}}(?:[-–—][ \t]?)?",
    re.IGNORECASE,
)
_LAST_LINE = re.compile(
    r"(?:(?:[.!?…)]|:\))[ \t]*|\n[ \t]*)(?:[-–—/x]{1,2}[ \t]?)?(?P<name>[^\W\d_][\w'’.-]*(?:"
    r" [^\W\d_][\w'’.-]*){0,3})[ \t]*[.!]?\s*\Z"
)
_PRESENT = re.compile(
    r"(?:\A|(?<=[\n.!?]))\s?(?P<name>[^\W\d_][\w'’-]{1,30}(?: [^\W\d_][\w'’-]{1,30}){0,3})(?=,?"
    r" (?:here|speaking|hier|täällä|tässä)\b)"
)
_AND = re.compile(r" (?:and|en|ja|&|sekä|und|y|et) (?=[^\W\d_])")
_INITIALS = re.compile(
    r"(?<![\w.@/-])(?!U\.S|U\.K|E\.U|N\.V|B\.V|P\.S|P\.O)(?:[A-ZÅÄÖ]\. ?){1,4}(?:(?:van"
    r"|de|der|den|von|ter|ten|el|da|di) ){0,3}"
    r"(?P<last>[A-ZÀ-ÖØ-Þ][\w'’]{1,30}(?:-[A-ZÀ-ÖØ-Þ][\w'’]{1,30})?)(?!\w|[./@]\w)"
    r"|(?<![\w.@/-])[A-ZÀ-ÖØ-Þ][\w'’-]{2,30}, (?:[A-Z]\.){1,4}(?!\w)"
)
_NAME_IS = re.compile(
    rf"(?<!\w)(?:name(?: is|'s)|naam is|nimi on|nimeni on){_SPACE}"
    rf"(?P<name>[^\W\d_A-Z][\w'’-]{{1,30}}(?:{_SPACE}[^\W\d_A-Z][\w'’-]{{0,30}}){{0,3}})"
)
_SIGNED = re.compile(
    r"(?<![\w-])(?:thx|tnx|thnx|gr|grt|grtz|groetjes|mvg|terv|rgds)[.,]?[ \n](?P<name>[^\W\d_]{2,20})[.!]?\s*\Z",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?: here| speaking| hier| täällä| tässä)(?!\w)")
_LINE_OVER = re.compile(r"[ \t]*(?:[.,!|(:;)-]|\n|\r|\Z)")

_STARTS = re.compile(r"(?:\A|[\n.!?:…•*\"“(|]|\d\)|[-–—])[\s\"'“(*]*\Z")


class Names:
    """Finds names with the lists of one folder."""

    def __init__(self, lists: NameLists) -> None:
        self._lists = lists

    def find(self, text: str, language: str) -> Iterator[Span]:
        """Names of people; the same letters may be found more than once."""
        for span in self._explained(text, language):
            yield span
            yield from self._joined(text, span, language)
        for match in _INITIALS.finditer(text):
            # "a type C. How do I": one initial within a sentence may end it.
            sure = _opens(text, match.start()) or match.group().count(".") > 1 or "-" in (match["last"] or "-")
            sure = sure or self._is_surname(match["last"], language, opens=False)
            sure = sure or self._is_first(match["last"], language)
            if sure and not self._is_company(text, *match.span()) and not OFFICE.search(match.group()):
                yield Span(*match.span(), NAME)
        yield from self._listed(text, language)

    def _explained(self, text: str, language: str) -> Iterator[Span]:
        """Names that the words before or after them announce."""
        for pattern in (_AFTER_GREETING, _AFTER_TITLE, _AFTER_PERSON, _AFTER_INTRODUCED, _AFTER_WEAKLY, _AFTER_FIELD):
            for match in pattern.finditer(text):
                # "Dear" opens a letter; "oh dear" and "hyvä" within a sentence do not.
                unlisted = pattern is not _AFTER_WEAKLY and (
                    pattern is not _AFTER_GREETING or _opens(text, match.start())
                )
                yield from self._at(text, match.end(), language, unlisted=unlisted)
        for match in _AFTER_CLOSING.finditer(text):
            span = next(self._at(text, match.end(), language, unlisted=True), None)
            # A closing ends the message, or its paragraph: words that run on are a sentence, not a name.
            if span and _LINE_OVER.match(text, span.end):
                yield span
        for match in _PRESENT.finditer(text):
            span = next(self._at(text, match.start("name"), language, unlisted=False), None)
            if span and span.end == match.end("name"):
                yield span
        for match in _NAME_IS.finditer(text):
            yield from self._small(match)
        signed = _SIGNED.search(text[-40:])
        if signed and signed["name"].lower() not in SMALL_WORDS:
            offset = max(0, len(text) - 40)
            yield Span(offset + signed.start("name"), offset + signed.end("name"), NAME)
        last = _LAST_LINE.search(text[-160:])
        if last:
            offset = max(0, len(text) - 160)
            # A last word with a full stop is a sentence ("Again."), unless a list knows it as a name.
            unlisted = last.group().rstrip()[-1:] not in (".", "!") or bool(_INITIALS.fullmatch(last["name"]))
            span = next(self._at(text, offset + last.start("name"), language, unlisted=unlisted), None)
            if span and span.end >= offset + last.end("name") - 1:
                yield span

    def _small(self, match: re.Match[str]) -> Iterator[Span]:
        """A name in small letters with what follows it, where it is said to be one: "my name is priya rao and"."""
        words = list(_TOKEN.finditer(match["name"]))
        if not self._lists.is_first(words[0].group()):
            return
        end = words[0].end()
        for word in words[1:]:
            if word.group() in SMALL_WORDS and word.group() not in PARTICLES:
                break
            end = word.end()
        yield Span(match.start("name"), match.start("name") + end, NAME)

    def _joined(self, text: str, span: Span, language: str) -> Iterator[Span]:
        """The names that "and" or a comma joins to one that is known to be a name."""
        for _ in range(MOST_WORDS):
            more = _AND.match(text, span.end)
            found = next(self._at(text, more.end(), language, unlisted=True), None) if more else None
            if not found:
                return
            span = found
            yield span

    def _at(self, text: str, start: int, language: str, *, unlisted: bool) -> Iterator[Span]:
        """The name that begins at a place, if one does."""
        first = _TOKEN.match(text, start)
        if not first:
            return
        title = _AFTER_TITLE.match(text, start)
        if title:  # "Dear Mr Smith": the title is found by its own rule
            return
        word = _bare(first.group())
        if not _capital(word) and word.lower() not in PARTICLES:
            # In small letters, alone, and known: "hi tom,", "my name is anna de vries".
            if self._lists.is_first(word) and len(word) > 2 and not self._lists.is_word(word, language):
                yield Span(start, self._end(text, first, language), NAME)
            return
        if self._is_no_person(text, first, addressed=unlisted):
            return
        listed = self._is_first(word, language) or self._is_surname(word, language, opens=False)
        if not listed and (not unlisted or (word.isupper() and 1 < len(word) < LONGEST_CAPITALS)):
            return
        if word.lower() in PARTICLES and not _capital_after(text, first.end()):
            return
        end = self._end(text, first, language, stop=LEGAL_FORMS)
        if end > start and not self._is_company(text, start, end, LEGAL_FORMS) and not OFFICE.search(text[start:end]):
            yield Span(start, end, NAME)

    def _listed(self, text: str, language: str) -> Iterator[Span]:
        """Names that a list has."""
        done = 0
        tokens = list(_TOKEN.finditer(text))
        for number, match in enumerate(tokens):
            word = _bare(match.group())
            if match.start() < done or not _capital(word) or text[match.start() - 1 : match.start()] in tuple("./_@#"):
                continue
            if len(word) > 3 and word.isupper() and not self._shouted(tokens, number, text):
                continue
            if self._is_no_person(text, match):
                continue
            opens = bool(_STARTS.search(text[max(0, match.start() - 6) : match.start()]))
            before = tokens[number - 1] if number and _beside(text, tokens[number - 1], match) else None
            if self._is_first(word, language, opens=opens):
                span = self._first_name(text, match, before, language, opens=opens)
            elif self._is_surname(word, language, opens=opens):
                span = self._surname(text, match, tokens, number, opens=opens)
            else:
                span = None
            if span:
                done = span.end
                yield span

    def _first_name(
        self, text: str, match: re.Match[str], before: re.Match[str] | None, language: str, *, opens: bool
    ) -> Span | None:
        word = _bare(match.group())
        end = self._end(text, match, language)
        alone = end <= match.end()
        rest = text[match.end() : match.end() + 8]
        if word.lower() in MONTHS and (
            re.match(r"\.? ?\d", rest) or text[match.start() - 3 : match.start()].rstrip(" .")[-1:].isdigit()
        ):
            return None
        if alone and re.match(r" \d|[/_]|-\d|\.\w", rest):
            return None
        if opens and alone and self._lists.is_word(self._plain(word, language), language):
            return None
        noun = before.group().lower() if before else ""
        if noun in PLACE_NOUN and (alone or noun not in ARTICLES):
            return None  # "Hotel Anna", "the Emma mattress"; but "the Anna de Vries who called"
        if len(word) == 2 and alone and not opens and before and _capital(before.group()):
            return None
        if self._is_company(text, match.start(), end):
            return None
        return Span(match.start(), end, NAME)

    def _surname(
        self, text: str, match: re.Match[str], tokens: list[re.Match[str]], number: int, *, opens: bool
    ) -> Span | None:
        if self._is_company(text, match.start(), match.end()) or re.match(
            r" \d|[/_]|\.\w", text[match.end() : match.end() + 3]
        ):
            return None
        start, seen_capital = match.start(), False
        for at in range(number - 1, max(-1, number - 5), -1):
            token = tokens[at]
            between = text[token.end() : start]
            word = token.group()
            if between not in (" ", ". ") or (between == ". " and len(word) > 2):
                break
            if word.lower() in PLACE_NOUN - LEADING or word.lower() in COMPANY:
                return None
            if word.lower() in LEADING:
                start = token.start()
            elif (
                _capital(word)
                and not self._is_no_person(text, token)
                # A first word may have its capital from the sentence; a line of its own is no sentence.
                and (not _opens(text, token.start()) or _LINE.match(text, match.end()))
            ):
                start, seen_capital = token.start(), True
            else:
                break
        if opens and not seen_capital and not _capital_after(text, match.end()):
            # At the start of a sentence a surname alone may be a word that no list knows.
            return Span(match.start(), match.end(), NAME) if match.group().endswith("nen") else None
        return Span(start, start + len(_bare(text[start : match.end()])), NAME)

    def _end(self, text: str, first: re.Match[str], language: str, *, stop: frozenset[str] = COMPANY) -> int:
        """Where the name that begins with a word ends: capitalised words, initials and particles follow it."""
        end = first.start() + len(_bare(first.group()))
        if end < first.end():  # "Anna's": the name is over
            return end
        shouted = first.group().isupper() and len(first.group()) > 2
        small = not _capital(first.group()) and first.group().lower() not in PARTICLES
        at, words, particles = first.end(), 1, first.group().lower() in LEADING and not _capital(first.group())
        if len(first.group()) == 1 and text[at : at + 1] == ".":
            at = end = at + 1
        while words < MOST_WORDS:
            short = _THE.match(text, at)
            if short:  # "Anthonie van 't Hof"
                at, words, particles = short.end(), words + 1, True
            if text[at : at + 1] in (" ", "\u00a0"):
                next_ = _TOKEN.match(text, at + 1)
            elif text[at - 1 : at] == ".":
                next_ = _TOKEN.match(text, at)
            else:
                break
            if not next_:
                break
            word = next_.group()
            bare = _bare(word)
            if word.lower() in LEADING and not _capital(word) and _capital_after(text, next_.end()):
                particles = True
                at, words = next_.end(), words + 1
                continue
            if small:
                known = bare in self._lists.surnames or particles or self._is_last(text, next_)
                if not (word.islower() and known):
                    break
            elif not _capital(word) or (word.isupper() and len(word) > 2 and not shouted):
                break
            # "Van den Bosch" is a person whatever else is called so.
            if (self._is_no_person(text, next_) and not particles) or word.lower() in stop:
                break
            at = next_.end()
            end = next_.start() + len(bare)
            words += 1
            if len(word) == 1 and text[at : at + 1] == ".":
                at = end = at + 1
            elif end < next_.end():
                break
        return end if words > 1 or not particles else first.end()

    def _is_last(self, text: str, match: re.Match[str]) -> bool:
        """Whether a word in small letters after a first name can hardly be but a surname: it ends what is said."""
        word = match.group()
        over = len(word) >= SHORTEST_LAST and _SAID.match(text, match.end())
        return bool(over) and word not in SMALL_WORDS and word not in self._lists.not_people

    def _is_no_person(self, text: str, match: re.Match[str], *, addressed: bool = False) -> bool:
        """Whether the word is known to be none; ``addressed`` by a greeting and the like, Elisa is no company."""
        low = _bare(match.group()).lower()
        contracted = re.match(r"(\w+)['’]", match.group().lower())
        if contracted and contracted[1] in SMALL_WORDS:
            return True  # "I'm", "You've"
        if low in LEADING and _capital_after(text, match.end()):
            return False
        phrases = self._lists.not_people
        if low in phrases or match.group().lower() in phrases or low in SMALL_WORDS:
            return not (addressed and self._lists.is_first(low))
        if len(low) > 4 and any(form in phrases for form in plain_forms(low)[1:]):
            return True
        after = _TWO_WORDS.match(text, match.start())
        if after and _bare(after.group().lower().rstrip(".")) in phrases:
            return True
        before = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
        return bool(before) and before.group().lower() + match.group().lower() in phrases if before else False

    def _is_company(self, text: str, start: int, end: int, forms: frozenset[str] = COMPANY) -> bool:
        after = re.match(r" ?(&|[^\W\d_][\w.]*)", text[end : end + 24])
        if after and after[1].lower().replace(".", "") in forms:
            return True
        return any(word.lower().replace(".", "") in forms for word in text[start:end].split(" ")[1:])

    def _shouted(self, tokens: list[re.Match[str]], number: int, text: str) -> bool:
        """Whether a name in capitals is followed by a surname in capitals."""
        if number + 1 >= len(tokens):
            return False
        after = tokens[number + 1]
        return (
            after.group().isupper()
            and text[tokens[number].end() : after.start()] == " "
            and (after.group().lower() in self._lists.surnames or after.group().endswith("NEN"))
        )

    def _plain(self, word: str, language: str, *, opens: bool = False) -> str:
        if self._lists.is_first(word) or language not in ("fi", ""):
            return word
        return next((form for form in plain_forms(word, opens=opens) if self._lists.is_first(form)), word)

    def _is_first(self, word: str, language: str, *, opens: bool = False) -> bool:
        return len(word) > 1 and self._lists.is_first(self._plain(word, language, opens=opens))

    def _is_surname(self, word: str, language: str, *, opens: bool) -> bool:
        if word.lower() in self._lists.surnames:
            return True
        parts = word.split("-")
        if len(parts) > 1 and all(len(part) > 3 and self._is_surname(part, language, opens=opens) for part in parts):
            return True
        if language not in ("fi", ""):
            return False
        if any(form in self._lists.surnames for form in plain_forms(word.lower(), opens=opens)):
            return True
        return not opens and bool(_LIKE_VIRTANEN.fullmatch(word))


_THE = re.compile(r" ['’]t(?= [A-ZÀ-Ö])")
_LINE = re.compile(r"[ \t]*(?:\r?\n|,[ \t]*\r?\n|\Z)")
_TWO_WORDS = re.compile(r"[^\W\d_][\w'’.-]{0,24} (?:& )?[^\W\d_][\w'’.-]{0,24}")
_WORD_BEFORE = re.compile(r"(?<!\w)[^\W\d_][\w'’.-]{0,20} (?:& )?\Z")
_LIKE_VIRTANEN = re.compile(r"[A-ZÅÄÖ][a-zåäö]{3,20}(?:nen|sen|selle|sellä|sella|seltä|selta|seen)")


def _bare(word: str) -> str:
    return re.sub(r"['’]s?\Z", "", word)


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _capital_after(text: str, at: int) -> bool:
    """Whether a capitalised word follows, perhaps after more particles."""
    for _ in range(3):
        short = _THE.match(text, at)
        at = short.end() if short else at
        token = _TOKEN.match(text, at + 1) if text[at : at + 1] == " " else None
        if not token:
            return False
        if _capital(token.group()):
            return True
        if token.group().lower() not in LEADING:
            return False
        at = token.end()
    return False


def _opens(text: str, at: int) -> bool:
    return bool(_STARTS.search(text[max(0, at - 6) : at]))


def _beside(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return text[left.end() : right.start()] == " "
