"""What the core needs from outside, as protocols. The adapters live in library/ and models/."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel

from bot.coaching.model import Care, CatalogueTouch, Found, Language, Passage

if TYPE_CHECKING:
    from bot.coaching.asking import Questions
    from bot.coaching.judged import Judged
    from bot.coaching.review import Reader
    from bot.coaching.situation import Sign
    from bot.coaching.text import Reading
    from bot.coaching.wording import Wording

Vector = Sequence[float]
Form = TypeVar("Form", bound=BaseModel)


class Embedder(Protocol):
    """Turns text into vectors of length one. ``id`` names the model and its version: vectors of two ids never mix."""

    @property
    def id(self) -> str:
        """The model and its version."""
        ...

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text that will be searched for."""
        ...

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text that is searched with."""
        ...


class Judge(Protocol):
    """Sees what a reply does to its reader, as far as that can be learnt."""

    def judge(self, draft: Reading, customer: Reading) -> Judged:
        """What is to be seen in a draft that answers this message, which may be empty.

        Raises HeartwareError where the judge cannot work on this machine.
        """
        ...


class Span(NamedTuple):
    """Personal data in a text: ``text[start:end]``, and its kind in capitals, such as ``EMAIL``."""

    start: int
    end: int
    kind: str


class Finder(Protocol):
    """Sees personal data in a text."""

    def find(self, text: str, language: str = "") -> Sequence[Span]:
        """Where personal data stands; the spans may overlap. ``language`` is that of the text, where it is known."""
        ...


class Library(Protocol):
    """Where passages are kept and found again."""

    def put(self, passages: Sequence[Passage]) -> None:
        """Keep these passages; one with a known id is replaced."""
        ...

    def drop(self, ids: Sequence[str]) -> None:
        """Forget the passages with these ids; unknown ids are ignored."""
        ...

    def ids(self) -> set[str]:
        """The ids of all kept passages."""
        ...

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in this order; unknown ids are left out."""
        ...

    def search(self, query: str, *, k: int = 5, language: str = "") -> list[Found]:
        """The k nearest passages, best first, whatever language they are in."""
        ...


class Nearby(NamedTuple):
    """How near a question is to examples of a kind: to the nearest, and to the nearest few on average; more is nearer.

    ``elsewhere``: what other people answer. ``secret`` and ``person``: what is never answered. ``phrases``: how near it
    is to each of ``Questions.phrases``.
    """

    elsewhere: tuple[float, float]
    secret: tuple[float, float]
    person: tuple[float, float]
    phrases: Sequence[float] = ()


class Examples(Protocol):
    """Examples of questions: those that the knowledge does not answer, and those of every day that it does."""

    def near(self, question: str, language: Language) -> Nearby:
        """How near a question is to them. Raises HeartwareError where this cannot be told on this machine."""
        ...


class Shelf(Protocol):
    """The knowledge that reviews are made with, one language at a time."""

    def reader(self, language: Language) -> Reader:
        """Rules, praise, principles and wording of a language."""
        ...

    def wording(self, language: str) -> Wording:
        """The bot's own sentences; English where the language has none."""
        ...

    def signs(self, language: Language) -> Sequence[Sign]:
        """The signs of situations."""
        ...

    def catalogue(self, language: Language) -> Mapping[str, CatalogueTouch]:
        """The touches, by id."""
        ...

    def touch_passages(self, language: Language) -> Mapping[str, str]:
        """The text of each touch as it is indexed, by id, so that its shipped vector is found."""
        ...

    def questions(self, language: Language) -> Questions:
        """How questions are read in a language."""
        ...

    def names(self, language: Language) -> frozenset[str]:
        """The names that the knowledge holds in a language, in small letters."""
        ...

    def care(self) -> Mapping[str, Care]:
        """Who keeps each card of the knowledge true, by ``Passage.card``."""
        ...


class Message(NamedTuple):
    """A message to a language model."""

    role: Literal["system", "user"]
    text: str


class Model(Protocol):
    """A language model that answers in a given form."""

    @property
    def name(self) -> str:
        """What the model is called, for the reader of a review."""
        ...

    def ask(self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None = None) -> Form:
        """One structured answer. Raises ModelUnavailable where none that fits came within the time limit.

        ``growing`` is given, from another thread, what came so far, of lists the items that are finished.
        """
        ...


class Prompt(Protocol):
    """A prompt template."""

    @property
    def id(self) -> str:
        """Name and version."""
        ...

    def filled(self, values: Mapping[str, str]) -> Sequence[Message]:
        """The messages, with the values in their places."""
        ...
