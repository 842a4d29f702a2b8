"""A rewrite that meets what the agent wished for. A language model's is believed only where it keeps every fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from bot.coaching.errors import BadKnowledge, ModelUnavailable
from bot.coaching.facts import Difference, compare, facts, kept
from bot.coaching.lexicon import Lexicon
from bot.coaching.links import brought
from bot.coaching.mend import rewrite
from bot.coaching.model import Draft, Edit, Review, Rewrite
from bot.coaching.ports import Model, Prompt
from bot.coaching.redact import Mask
from bot.coaching.review import Reader
from bot.coaching.rules import find
from bot.coaching.text import Reading, Sentence, sentences
from bot.desk.model import Wish

HOLLOW = frozenset({"robotic", "stock-sympathy", "over-apology"})
"""Findings on sentences that a reply can do without."""
LANGUAGE_NAMES = {"en": "English", "nl": "Dutch", "fi": "Finnish"}


class Revision(BaseModel):
    """The one structured answer that is asked of the model."""

    model_config = ConfigDict(extra="forbid")

    text: str


class Revised(NamedTuple):
    """The rewrite as it now stands, and a note for the agent where the wish could not be met, or must be checked."""

    rewrite: Rewrite | None
    note: str = ""


class Reviser:
    """Rewrites with a model where one is set; without one it does what can be done honestly: leave out and keep."""

    def __init__(self, model: Model | None, prompt: Prompt | None, mask: Callable[..., Mask]) -> None:
        self._model = model
        self._prompt = prompt
        self._mask = mask

    def revise(self, draft: Draft, review: Review, wishes: Sequence[Wish], reader: Reader) -> Revised:
        """A rewrite that meets the wishes, the last of which is new; else the review's own with a note."""
        if all(wish.kind == "keep" for wish in wishes):
            return Revised(_mended(draft.text, review, wishes, reader))
        if self._model and self._prompt:
            return self._asked(draft, review, wishes, reader, self._model, self._prompt)
        made = _mended(draft.text, review, wishes, reader)
        before = review.rewrite.text if review.rewrite else draft.text
        shorter = wishes[-1].kind == "shorter" and made is not None and len(made.text) < len(before)
        if shorter or wishes[-1].kind == "keep":
            return Revised(made)
        return Revised(review.rewrite, reader.wording.say("desk.needs-model"))

    def _asked(
        self, draft: Draft, review: Review, wishes: Sequence[Wish], reader: Reader, model: Model, prompt: Prompt
    ) -> Revised:
        try:
            mask = self._mask(review.language, draft.customer, draft.text)
            asked = {
                "language": review.language,
                "wishes": "\n".join(mask.hide(_told(wish, draft.text)) for wish in wishes),
                "findings": "\n".join(mask.hide(f"{f.quote or f.criterion}: {f.suggestion}") for f in review.findings)
                or "nothing",
                "customer": mask.hide(draft.customer),
                "draft": mask.hide(draft.text),
            }
            text = mask.show(model.ask(prompt.filled(asked), Revision).text).strip()
        except (ModelUnavailable, BadKnowledge):  # also where personal data cannot be hidden: then nothing is sent
            return Revised(review.rewrite, reader.wording.say("desk.revise-failed"))
        problem = _problem(draft, text, wishes, reader)
        if problem:
            return Revised(review.rewrite, problem)
        why = reader.wording.say(f"desk.because.{wishes[-1].kind}")
        if _language(wishes):
            whole = Edit(start=0, end=len(draft.text), text=text, why=why)
            made = Rewrite(text=text, edits=(whole,), kept=kept(draft.text, text))
            return Revised(made, reader.wording.say("desk.translated"))
        return Revised(
            Rewrite(text=text, edits=_edits(draft.text, text, why), kept=kept(draft.text, text, reader.lexicon))
        )


def _language(wishes: Iterable[Wish]) -> str:
    """The language wished for last, or empty."""
    return next((str(wish.language) for wish in reversed(list(wishes)) if wish.kind == "language"), "")


def _told(wish: Wish, draft: str) -> str:
    """The wish as the prompt names it."""
    if wish.kind == "language":
        return f"language: {LANGUAGE_NAMES[wish.language]}"
    sentence = _sentence(draft, wish.sentence) if wish.kind == "keep" else None
    return f"keep: {sentence.text}" if sentence else wish.kind


def _sentence(draft: str, number: int) -> Sentence | None:
    """The sentence that a wish to keep means: 1 is the first, -1 the last."""
    all_ = sentences(draft)
    at = number - 1 if number > 0 else number
    return all_[at] if -len(all_) <= at < len(all_) else None


def _problem(draft: Draft, after: str, wishes: Sequence[Wish], reader: Reader) -> str | None:
    """Why the model's text is not shown, as a sentence for the agent."""
    say, before = reader.wording.say, draft.text
    if not after or after == before:
        return say("desk.revise-unchanged")
    translated = bool(_language(wishes))
    changed = (_across if translated else compare)(before, after, reader.lexicon)
    if changed:
        return say("desk.revise-dropped", facts=reader.wording.listed([*changed.lost, *changed.added][:3]))
    strange = brought(before, after)
    if strange:
        return say("desk.revise-dropped", facts=reader.wording.listed(strange[:3]))
    if translated:
        return None
    if any(wish.kind == "shorter" for wish in wishes) and len(after) >= len(before):
        return say("desk.revise-unchanged")
    to_keep = [_sentence(before, wish.sentence) for wish in wishes if wish.kind == "keep"]
    if any(sentence and sentence.text not in after for sentence in to_keep):
        return say("desk.revise-not-kept")
    worse = _criteria(after, draft, reader) - _criteria(before, draft, reader)
    if worse:
        about = [say(f"criterion.{criterion}") for criterion in sorted(worse)]
        return say("desk.revise-worse", about=reader.wording.listed(about))
    return None


def _criteria(text: str, draft: Draft, reader: Reader) -> set[str]:
    """What the rules find fault with in the words of a text."""
    formal = reader.lexicon is not None and reader.lexicon.is_formal(draft.text)
    hits = find(reader.rules, Reading(text), customer=Reading(draft.customer), formal=formal)
    return {hit.rule.criterion for hit in hits if hit.start is not None}


def _across(before: str, after: str, lexicon: Lexicon | None) -> Difference:
    """What a translation lost and added of numbers, links, addresses and names: what reads the same in any language."""
    same = {"link", "mail", "mention"}
    old, new = ({fact.words for fact in facts(text) if fact.kind in same} for text in (before, after))
    digits_old, digits_new = Counter(_digits(before)), Counter(_digits(after))
    names = {fact.words for fact in facts(before, lexicon) if fact.kind == "name"}
    low = after.lower()
    # Finnish bends names: "Anna" may come back as "Annan" or "Annalle".
    lost_names = {name for name in names if name[: max(3, len(name) - 2)] not in low}
    lost = (old - new) | set(digits_old - digits_new) | lost_names
    added = (new - old) | set(digits_new - digits_old)
    return Difference(tuple(sorted(lost)), tuple(sorted(added)))


def _digits(text: str) -> list[str]:
    """The numbers of a text without the signs that languages set between their digits."""
    return re.findall(r"\d+", re.sub(r"(?<=\d)[.,:\u00a0\u202f ](?=\d)", "", text))


def _edits(before: str, after: str, why: str) -> tuple[Edit, ...]:
    """The differences, word by word; a single word that stayed between two changes belongs to them."""
    old, new = (list(re.finditer(r"\S+\s*", text)) for text in (before, after))
    matcher = SequenceMatcher(None, [m.group() for m in old], [m.group() for m in new], autojunk=False)
    spans: list[list[int]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if spans and a - spans[-1][1] <= 1:
            spans[-1][1], spans[-1][3] = b, d
        else:
            spans.append([a, b, c, d])
    return tuple(
        Edit(
            start=_at(old, a, before),
            end=_at(old, b, before),
            text=after[_at(new, c, after) : _at(new, d, after)],
            why=why,
        )
        for a, b, c, d in spans
    )


def _at(words: Sequence[re.Match[str]], index: int, text: str) -> int:
    return words[index].start() if index < len(words) else len(text)


def _mended(draft: str, review: Review, wishes: Sequence[Wish], reader: Reader) -> Rewrite | None:
    """The review's own edits, none in a sentence to keep; hollow sentences are left out where "shorter" is wished."""
    keep = [s for wish in wishes if wish.kind == "keep" if (s := _sentence(draft, wish.sentence))]
    edits = list(review.rewrite.edits) if review.rewrite else []
    if any(wish.kind == "shorter" for wish in wishes):
        why = reader.wording.say("desk.because.shorter")
        hollow = [f.start for f in review.findings if f.criterion in HOLLOW and f.start is not None]
        out = [s for s in sentences(draft) if any(s.start <= start < s.end for start in hollow)]
        edits = [edit for edit in edits if not any(s.start <= edit.start < s.end for s in out)]
        edits += [Edit(start=s.start, end=s.end, text="", why=why) for s in out]
    edits = [edit for edit in edits if not any(edit.start < s.end and s.start < edit.end for s in keep)]
    return rewrite(draft, edits, reader.lexicon)
