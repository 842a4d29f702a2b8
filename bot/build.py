"""The only joiner: build(settings) → the Coach and its parts. Heavy parts are imported when they are first needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from bot.coach import Coach
from bot.coaching.model import Language
from bot.coaching.ports import Finder, Library
from bot.content.documents import edition, language_of
from bot.content.documents.sandbox import Sandbox
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, PROMPTS, WORDING
from bot.content.prompts import read_prompt
from bot.content.shelf import FileShelf
from bot.indexing import Indexer, digest_of, has_documents
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder, OpenAIEmbedder, load_encoder
from bot.library.examples import VectorExamples
from bot.library.vectors import CachedEmbedder, shipped_path
from bot.models.judge import LocalJudge
from bot.settings import Settings, platform_of

Progress = Callable[[int, int], None]
"""Told how many passages of how many are in the library."""


if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.desk.desk import Desk
    from bot.library.chroma import ChromaLibrary
    from bot.models.llm import ChatModel
    from bot.packs.packs import Packs
    from bot.packs.ports import Herald
    from bot.rituals.path.ports import Guidepost
    from bot.rituals.path.walking import Paths
    from bot.rituals.ports import Board
    from bot.rituals.together import Rituals
    from bot.store.conversations import SqlConversations
    from bot.store.installations import SqlInstallations
    from bot.store.seal import Seal

ANCHORS = KNOWLEDGE / "anchors.tsv"


@dataclass(frozen=True)
class Parts:
    """What ``build`` joined."""

    settings: Settings
    shelf: FileShelf
    coach: Coach
    embedder: CachedEmbedder
    library: Callable[[], Library]
    indexer: Callable[[], Indexer]
    model: ChatModel | None
    finder: Callable[[], Finder]
    packs: Callable[[Engine], Packs]


def build(
    settings: Settings,
    *,
    local: bool = False,
    progress: Progress | None = None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> Parts:
    """Join the parts as the settings say; ``local`` leaves the language model out.

    ``tell`` is given a sentence where something had to be mended that a person should know of.
    """
    shelf = FileShelf(Knowledge(KNOWLEDGE), WORDING)
    embedder = _embedder(settings)
    memory = settings.heartware_data / "documents.json"

    @cache
    def opened() -> ChromaLibrary:
        from bot.library.opening import open_library

        return open_library(settings.heartware_data, embedder, read_anchors(ANCHORS), url=settings.chroma_url)

    @cache
    def indexer() -> Indexer:
        return Indexer(opened(), memory, version=f"{embedder.id}/{edition()}", reading=Sandbox)

    @cache
    def library() -> Library:
        """The library with the shipped knowledge in it."""
        indexer().ship(shelf.knowledge.passages, digest_of(shelf.knowledge.files()), progress=progress)
        if opened().mended:
            tell(opened().mended)
        if indexer().lacking():
            deque(indexer().index(indexer().known()), maxlen=0)
        return opened()

    def own_documents() -> bool:
        """Whether a company's own were indexed: by anybody on a Chroma server, and else here."""
        return opened().has_documents() if settings.chroma_url else has_documents(memory)

    @cache
    def finder() -> Finder:
        """What sees personal data; opened for the first text that is masked."""
        from bot.privacy.finder import PersonalData
        from bot.privacy.tagger import Tagger

        folder = KNOWLEDGE / "privacy"
        tagger = Tagger(folder / "names.npz", load_encoder)
        return PersonalData(folder, orders=settings.heartware_mask_orders, tagger=tagger)

    @cache
    def packs(engine: Engine) -> Packs:
        """The teams' rule packs in a database; a process has them once, so that a change counts at once."""
        from bot.packs.packs import Packs
        from bot.store.rulebook import SqlRulebook

        return Packs(SqlRulebook(engine, seal_of(settings), now=_clock(settings)), shelf)

    model, prompt = (None, None) if local else (_model(settings), read_prompt(PROMPTS / "review.md"))
    coach = Coach(
        shelf,
        identify=lambda text, otherwise: language_of(text, otherwise=otherwise),
        embedder=embedder,
        judge=LocalJudge(KNOWLEDGE / "judgement" / "judge.npz", load_encoder),
        library=library,
        finder=finder,
        own_documents=own_documents,
        model=model,
        prompt=prompt,
        examples=VectorExamples(embedder, lambda: read_anchors(ANCHORS), shelf.questions),
        answer_prompt=read_prompt(PROMPTS / "answer.md"),
        whom=settings.heartware_ask_whom,
        today=lambda: settings.today,
    )
    return Parts(settings, shelf, coach, embedder, library, indexer, model, finder, packs)


def open_desk(parts: Parts) -> tuple[Desk, Engine]:
    """The desk that the chat edges share, and the database it keeps its jobs in, which durable work is given too.

    Raises BadSetting where the database cannot be used, or was sealed with another key.
    """
    from bot.desk.desk import Desk
    from bot.rituals.path.easing import PathEasing
    from bot.store.database import open_database
    from bot.store.jobs import SqlJobs
    from bot.store.key_check import insist
    from bot.store.people import SqlPeople
    from bot.store.walks import SqlWalks

    settings = parts.settings
    seal = seal_of(settings)
    engine = open_database(settings.database, seal)
    insist(engine, seal)
    now = _clock(settings)
    desk = Desk(
        parts.coach,
        parts.shelf,
        SqlJobs(engine, seal, now=now),
        SqlPeople(engine, seal),
        packs=parts.packs(engine),
        model=parts.model,
        revise=read_prompt(PROMPTS / "revise.md"),
        easing=PathEasing(SqlWalks(engine, seal)),
        now=now,
    )
    return desk, engine


def open_conversations(parts: Parts, engine: Engine) -> SqlConversations:
    """Where the bot may write to people, kept in the database that ``open_desk`` gave."""
    from bot.store.conversations import SqlConversations

    return SqlConversations(engine, seal_of(parts.settings))


def open_installations(parts: Parts, engine: Engine, platform: str) -> SqlInstallations:
    """Where the tokens of those who installed the bot are kept, in the same database."""
    from bot.store.installations import SqlInstallations

    return SqlInstallations(engine, seal_of(parts.settings), platform)


def seal_of(settings: Settings) -> Seal:
    """What seals everything that is kept. Raises BadSetting where its key can be neither read nor made."""
    from bot.store.seal import Seal

    return Seal(_secret(settings))


def _secret(settings: Settings) -> str:
    from bot.store.seal import secret_of

    return settings.heartware_secret.get_secret_value() or secret_of(settings.heartware_data)


def _clock(settings: Settings) -> Callable[[], datetime]:
    return lambda: settings.now


def open_path(parts: Parts, engine: Engine, guideposts: Mapping[str, Guidepost]) -> Paths:
    """The path of new colleagues, on the desk's database. ``guideposts`` are the edges', by platform."""
    from bot.rituals.path.guiding import Guide
    from bot.rituals.path.walking import Paths
    from bot.store.people import SqlPeople
    from bot.store.walks import SqlWalks

    settings, knowledge = parts.settings, parts.shelf.knowledge
    seal = seal_of(settings)
    people = SqlPeople(engine, seal)
    now = _clock(settings)
    walks = SqlWalks(engine, seal)
    guide = Guide(walks, knowledge.steps, knowledge.value_cards, parts.shelf, guideposts, now=now)
    return Paths(walks, guide, guideposts, fade=lambda person, quiet: people.prefer(person, quiet=quiet), now=now)


def open_rituals(
    parts: Parts,
    engine: Engine,
    boards: Mapping[str, Board],
    heralds: Mapping[str, Herald] | None = None,
    guideposts: Mapping[str, Guidepost] | None = None,
) -> Rituals:
    """The rituals of the teams, on the desk's database. The mappings are the edges' parts, by platform."""
    from bot.coaching.ledger import Budget
    from bot.content.past import shipped_replies
    from bot.packs.proposing import Proposer
    from bot.packs.trial import Past
    from bot.rituals.daily.planning import Planner
    from bot.rituals.daily.prompting import Prompter
    from bot.rituals.daily.topics import Topics
    from bot.rituals.daily.writing import Writer
    from bot.rituals.evidence.monthly import Monthly
    from bot.rituals.evidence.reporting import Reporter
    from bot.rituals.gifts.giving import Giver
    from bot.rituals.keeping import Keeper, Owners
    from bot.rituals.stories.telling import Teller
    from bot.rituals.together import Rituals
    from bot.store.evidence import SqlEvidence
    from bot.store.lead_reports import SqlLeadReports
    from bot.store.ledger import SqlGestures
    from bot.store.prompt_texts import SqlPromptTexts
    from bot.store.pseudonyms import Pseudonyms
    from bot.store.reminders import SqlReminders
    from bot.store.schedules import SqlSchedules
    from bot.store.stories import SqlStories

    settings = parts.settings
    now, seal = _clock(settings), seal_of(settings)
    schedules = SqlSchedules(engine)
    texts, stories = SqlPromptTexts(engine), SqlStories(engine, seal)
    topics = Topics(stories, parts.embedder, now=now)
    catalogue = parts.shelf.knowledge.daily_prompts
    leads = {"slack": settings.slack_leads, "teams": settings.teams_leads}
    prompter = Prompter(
        schedules,
        catalogue,
        parts.shelf,
        boards,
        texts=texts,
        near=topics.near,
        leads=lambda team: leads[team.platform],
        now=now,
    )
    budget = Budget(
        a_month=int(settings.heartware_budget * 100),
        at_once=int(settings.heartware_budget_at_once * 100),
        currency=settings.heartware_currency,
        carries=settings.heartware_budget_carries,
        funding=settings.heartware_funding,
    )
    pseudonyms = Pseudonyms(_secret(settings))

    def hide(text: str, language: Language) -> str:
        return parts.coach.mask(language).hide(text)

    gifts = parts.shelf.knowledge.gifts
    gestures = SqlGestures(engine, seal)
    giver = Giver(gestures, budget, pseudonyms, gifts, hide=hide, now=now)
    teller = Teller(stories, pseudonyms, hide=hide, now=now)
    planner = Planner(schedules, prompter, now=now)
    evidence = SqlEvidence(engine)
    reporter = Reporter(evidence, gestures, pseudonyms, now=now)
    sent = SqlLeadReports(engine)
    monthly = Monthly(schedules, evidence, reporter, sent, boards, budget.currency, now=now)
    writer = None
    if parts.model:
        daily = read_prompt(PROMPTS / "daily.md")
        writer = Writer(
            schedules,
            texts,
            prompter,
            parts.shelf,
            parts.model,
            daily,
            topics.of,
            identify=lambda text: language_of(text, otherwise=""),
            now=now,
        )

    def past(language: Language) -> list[Past]:
        rules = parts.shelf.knowledge.rules(language)
        return [Past(*reply) for reply in shipped_replies(KNOWLEDGE, language, rules)]

    proposer = Proposer(
        parts.packs(engine),
        parts.shelf,
        past,
        heralds or {},
        leads=lambda platform: leads[platform],
        hide=hide,
        now=now,
    )
    care, owners = parts.shelf.care, Owners(settings.owners, platform_of)
    keeper = Keeper(
        care,
        parts.coach.passages,
        owners,
        SqlReminders(engine),
        guideposts or {},
        evidence.teams,
        hide=hide,
        now=now,
    )
    return Rituals(
        prompter,
        planner,
        giver,
        teller,
        reporter,
        proposer,
        monthly,
        writer,
        path=open_path(parts, engine, guideposts or {}),
        keeper=keeper,
        today=lambda: now().date(),
    )


def _embedder(settings: Settings) -> CachedEmbedder:
    kind, _, model = settings.heartware_embeddings.partition(":")
    own = (
        LocalEmbedder()
        if kind == "local"
        else OpenAIEmbedder(
            model, api_key=settings.openai_api_key.get_secret_value(), base_url=settings.openai_base_url
        )
    )
    return CachedEmbedder(own, shipped=shipped_path(KNOWLEDGE, own.id), grown=settings.heartware_data / "vectors")


def _model(settings: Settings) -> ChatModel | None:
    if not settings.heartware_model:
        return None
    from bot.models.llm import ChatModel, Price

    return ChatModel(
        settings.heartware_model,
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        seconds=settings.heartware_model_seconds,
        price=Price(*settings.model_prices),
    )
