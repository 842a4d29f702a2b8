"""What every chat edge asks for: take a draft, review it at once and then deeper, follow up, remember, forget."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal

from bot.coach import LONGEST_DRAFT, Coach, Local
from bot.coaching.model import LANGUAGES, Answer, Draft, Language, Review
from bot.coaching.ports import Model, Prompt, Shelf
from bot.coaching.review import Reader
from bot.coaching.situation import Situation
from bot.coaching.text import words
from bot.desk.begun import Begun
from bot.desk.errors import Erased
from bot.desk.jumps import Jumps
from bot.desk.model import Job, Person, Preferences, Refusal, Week, Wish
from bot.desk.ports import Easing, Jobs, People
from bot.desk.revising import Reviser
from bot.desk.setting import in_setting, taught
from bot.desk.silencing import heard, named
from bot.packs.model import NO_PACK, Place
from bot.packs.packs import Packs
from bot.packs.shelf import TeamShelf

KEPT = timedelta(hours=1)
"""How long a draft is kept, sealed, after its last use, so that the buttons under its review work."""
AT_ONCE = (os.cpu_count() or 1) + 3
"""Local reviews made at the same time: a few, since they are judged together; more would all come late together."""
LONGEST_WHY = 500
FELT = ("worried", "angry")
"""Readers whose feeling comes before any touch."""


class Desk:
    """The same for every platform. Synchronous, and safe to call from many threads.

    ``model`` and ``revise`` (a prompt) are those that the coach deepens with; without them there is no deeper review.
    ``packs`` are the teams' own; without them every team has what was shipped. ``easing`` says who is coached less by
    now. ``now`` is the clock, in UTC, and ``steady`` one in seconds that nobody puts forward or back.
    """

    def __init__(
        self,
        coach: Coach,
        shelf: Shelf,
        jobs: Jobs,
        people: People,
        *,
        packs: Packs | None = None,
        model: Model | None = None,
        revise: Prompt | None = None,
        easing: Easing | None = None,
        now: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._coach = coach
        self._shelf = shelf
        self._jobs = jobs
        self._people = people
        self._packs = packs
        self._shipped = TeamShelf(shelf, NO_PACK)
        self._reviser = Reviser(model, revise, coach.mask)
        self._easing = easing
        self._now = now
        self._turns = threading.Semaphore(AT_ONCE)
        self._begun = Begun()
        self._jumps = Jumps(lambda: self._now().timestamp(), steady)
        self.deepens = model is not None
        """Whether a deeper review follows the first."""

    def refusal(self, draft: Draft) -> Refusal | None:
        """Why this draft cannot be taken, or None. Quick enough to ask before the acknowledgement."""
        if len(draft.text) > LONGEST_DRAFT:
            return "too-long"
        return None if words(draft.text) else "no-draft"

    def take(self, job: Job) -> bool:
        """Keep a job whose draft is not refused; False for a duplicate delivery, which needs no answer."""
        return self._jobs.put(job)

    def job(self, job_id: str) -> Job:
        """The job as it is kept: its draft, its address. Raises Erased."""
        return self._jobs.get(job_id)

    def jobs(self, person: Person) -> list[Job]:
        """The person's jobs whose drafts are still kept, oldest first."""
        return self._jobs.of(person)

    def kept(self, platform: str) -> list[str]:
        """The ids of a platform's jobs whose drafts are still kept."""
        return self._jobs.kept(platform)

    def answer_at(self, job_id: str, address: Mapping[str, str]) -> None:
        """Remember where a job is answered from now on. Raises Erased."""
        self._jobs.change(job_id, lambda job: job.model_copy(update={"address": dict(address)}))

    def first(self, job_id: str) -> Review:
        """The local review, as this person wants it; once a review was made, that one. Raises Erased, BadInput."""
        job = self._jobs.get(job_id)
        if job.review:
            return self._heard(job, job.review)
        begun = self._local(job)
        if self.deepens:
            self._begun.put(job_id, begun)
        review = named(begun.review, None)
        shown = self._keep(job_id, lambda job: _showing(job, review))
        # Counted once it is kept: of whoever deleted their data meanwhile, nothing is written any more.
        if not job.practice:
            self._people.reviewed(job.person, job.id, self._today, review)
        return shown

    def deeper(self, job_id: str) -> Review | None:
        """The review that the language model deepened; with a note where the model failed; None where none is set."""
        if not self.deepens:
            return None
        job = self._jobs.get(job_id)
        begun = self._begun.pop(job_id) or self._local(job)
        told = self._coach.deepen(begun, reader=job.reader, channel=job.channel)
        review = named(told, named(begun.review, None))

        def deepened(job: Job) -> Job:
            # A rewrite that the agent wished for meanwhile is not taken away again.
            wished = job.review.rewrite if job.review and job.wishes else None
            made = review.model_copy(update={"rewrite": wished or review.rewrite})
            return _showing(job, made, deepened=True, first=job.first or job.review)

        return self._keep(job_id, deepened)

    def again(self, job_id: str, wish: Wish) -> Review:
        """The last review with a rewrite, or a touch, that meets the wish and those before it; a note where it cannot.

        Raises Erased.
        """
        job = self._jobs.get(job_id)
        review = job.review or named(self._local(job).review, None)
        if wish.kind == "touch":
            # Where the moment bears no touch, it bears no other either.
            touch = self._local(job, shown=job.touches).review.touch if review.touch else None
            note = "" if touch else self._shelf.wording(review.language).say("desk.no-more-touches")
            update: dict[str, object] = {"touch": touch, "no_touch_because": None} if touch else {}
            wishes = job.wishes
        else:
            wishes = (*(before for before in job.wishes if before.kind != wish.kind or wish.kind == "keep"), wish)
            revised = self._reviser.revise(job.draft, self._heard(job, review), wishes, self._reader(job, review))
            note, update = revised.note, {"rewrite": revised.rewrite}

        def changed(job: Job) -> Job:
            # The kept review may have been deepened meanwhile, and still has what was silenced, to be heard again.
            return _showing(job, (job.review or review).model_copy(update=update), wishes=wishes)

        shown = self._keep(job_id, changed)
        # The note is of this answer alone.
        return shown.model_copy(update={"notes": (note, *shown.notes)}) if note else shown

    def followed(self, wish: Job) -> Review:
        """What the review of the draft that a wish follows becomes by it; made once, however often it is asked for.

        Raises Erased.
        """
        assert wish.wish
        review = wish.review or self.again(wish.follows, wish.wish)
        self._jobs.change(wish.id, lambda job: job.model_copy(update={"review": review}))
        return review

    def answer(self, job: Job, told: Callable[[str], None] | None = None) -> Answer:
        """The answer to a question, read with those that the person asked before it in its thread. Raises BadInput.

        ``told`` is given the text so far while a model composes it.
        """
        asked = itertools.takewhile(lambda other: other.id != job.id, self.in_thread(job.person, job.thread))
        before = [other.question for other in asked if other.question]
        return self._coach.answer(job.question, before=before, told=told)

    def in_thread(self, person: Person, thread: str) -> list[Job]:
        """The drafts and questions of a thread that are still kept, oldest first."""
        return [job for job in self._jobs.of(person) if job.thread == thread and job.wish is None]

    def review(self, job_id: str) -> Review:
        """The review as last shown, without what was silenced since. Raises Erased."""
        job = self._jobs.get(job_id)
        if job.review is None:
            raise Erased("This review was not made yet.")
        return self._heard(job, job.review)

    def _local(self, job: Job, *, shown: Collection[str] = ()) -> Local:
        team = self._team(job)
        if job.reader == "expert":
            teaching = (taught(team.catalogue(language).values()) for language in LANGUAGES)
            shown = {*shown, *itertools.chain.from_iterable(teaching)}
        with self._turns:
            return self._coach.local(job.draft, known=known(job), shown=shown, shelf=team)

    def _keep(self, job_id: str, how: Callable[[Job], Job]) -> Review:
        """Change the job, and give its review as the person wants it."""
        job = self._jobs.change(job_id, how)
        assert job.review
        return self._heard(job, job.review)

    def _heard(self, job: Job, review: Review) -> Review:
        reader = self._reader(job, review)
        wanted = self._people.preferences(job.person)
        suggestions = self._easing.suggestions(job.person) if self._easing and not job.practice else None
        shown = heard(job, review, wanted, reader, self._team(job), suggestions)
        spans = self._coach.mask(review.language).seen(job.draft.text) if job.channel == "social" else ()
        return in_setting(job, shown, reader.wording, reader.lexicon, spans)

    def _team(self, job: Job) -> TeamShelf:
        person = job.person
        channel = job.asked_in or job.address.get("channel", "")
        place = Place(platform=person.platform, workspace=person.workspace, channel=channel)
        return self._packs.shelf(place) if self._packs else self._shipped

    def _reader(self, job: Job, review: Review) -> Reader:
        language = next((known for known in LANGUAGES if known == review.language), None)
        if language:
            return self._team(job).reader(language)
        return self._shelf.reader("en")._replace(wording=self._shelf.wording(review.language), lexicon=None)

    @property
    def _today(self) -> date:
        return self._now().date()

    def erase(self, job_id: str) -> None:
        """Erase the draft now."""
        self._jobs.erase(job_id)

    def erase_old(self) -> int:
        """Erase the drafts that nobody used for as long as they are kept; how many.

        A clock that was put forward meanwhile makes no draft older.
        """
        put_forward = timedelta(seconds=max(0.0, self._jumps.by(KEPT.total_seconds())))
        return self._jobs.erase_older(self._now() - KEPT - put_forward)

    def preferences(self, person: Person) -> Preferences:
        """What the person chose."""
        return self._people.preferences(person)

    def prefer(
        self, person: Person, *, language: Language | Literal[""] | None = None, quiet: bool | None = None
    ) -> None:
        """Remember the language of the bot's own words (empty: as the platform says), or quiet mode; None leaves it."""
        self._people.prefer(person, language=language, quiet=quiet)
        if self._easing and quiet is not None:
            self._easing.decided(person)

    def keeps(self, job_id: str, rule: str) -> bool:
        """Whether a rule of a review cannot be silenced, since the team keeps it. Raises Erased."""
        job = self._jobs.get(job_id)
        review = job.review
        found = next((finding for finding in review.findings if finding.rule == rule), None) if review else None
        if review is None or found is None:
            return False
        holding = frozenset(rule.id for rule in self._reader(job, review).rules if rule.hold)
        return self._team(job).fixed(found, holding)

    def silence(self, person: Person, rule: str) -> None:
        """Never show this person the findings of a rule again (``Finding.rule`` of a review from this desk)."""
        self._people.silence(person, rule)

    def unsilence(self, person: Person, rule: str) -> None:
        """Show them again."""
        self._people.unsilence(person, rule)

    def useful(self, person: Person, job_id: str, useful: bool, why: str = "") -> None:
        """Remember whether a review was of use, and why; personal data in the reason is masked."""
        self._people.useful(person, job_id, self._today, useful, self._coach.mask().hide(why.strip()[:LONGEST_WHY]))

    def week(self, person: Person) -> Week:
        """The person's own last seven days."""
        return self._people.week(person, self._today)

    def export(self, person: Person) -> dict[str, Any]:
        """Everything kept of the person, as JSON: choices, figures, and what was asked in the last hour."""
        of_us = {"review", "first", "address", "thread", "follows"}
        kept = [job.model_dump(mode="json", exclude=of_us, exclude_defaults=True) for job in self._jobs.of(person)]
        return {**self._people.export(person), "drafts": kept}

    def delete(self, person: Person) -> None:
        """Forget the person and erase their drafts."""
        self._jobs.erase_of(person)
        self._people.delete(person)

    def uninstalled(self, platform: str, workspace: str) -> None:
        """Forget a whole workspace."""
        self._jobs.erase_workspace(platform, workspace)
        self._people.delete_workspace(platform, workspace)


def _showing(job: Job, review: Review, **update: object) -> Job:
    """The job once this review is shown."""
    touches = dict.fromkeys([*job.touches, *([review.touch.idea] if review.touch else [])])
    return job.model_copy(update={"review": review, "touches": tuple(touches), **update})


def known(job: Job) -> Situation:
    """What the agent's taps tell of the situation."""
    cues = {"long-time-customer"} if job.long_time else set()
    if job.reader == "new":
        cues.add("first-contact")
    feelings = {job.reader} if job.reader in FELT else set()
    return Situation(cues=frozenset(cues), barred=(), solved=False, feelings=frozenset(feelings))
