"""The local judge: one place for each token, one chance for each sentence, whatever the text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.errors import BadKnowledge
from bot.coaching.judged import UNJUDGED, Judged
from bot.coaching.text import Reading
from bot.content.places import KNOWLEDGE
from bot.library.embedder import load_encoder
from bot.models.judge import LONGEST_PART, LocalJudge, cut

FILE = KNOWLEDGE / "judgement" / "judge.npz"
NOBODY = Reading("")


JUDGE = LocalJudge(FILE, load_encoder)  # loads nothing until it is asked


@pytest.fixture
def judge() -> LocalJudge:
    return JUDGE


def whole(judged: Judged, reading: Reading) -> bool:
    """Whether everything has its place and every chance is one."""
    places = [reading.folded.text[start:end] for start, end in judged.words]
    rows = [*judged.faults.values(), *judged.sentences.values(), judged.whole.values(), judged.customer.values()]
    return (
        all(places)
        and all(len(values) == len(places) for values in judged.faults.values())
        and all(0.0 <= value <= 1.0 for row in rows for value in row)
    )


@settings(max_examples=25, deadline=None)
@given(draft=st.text(max_size=120), customer=st.text(max_size=60))
def test_no_text_is_too_strange(draft: str, customer: str) -> None:
    reading = Reading(draft)
    judged = JUDGE.judge(reading, Reading(customer))
    assert judged == UNJUDGED or whole(judged, reading)


def test_every_sentence_is_judged(judge: LocalJudge) -> None:
    reading = Reading("Hi Anna! Your lamp is on its way. You should have said so sooner.\n> quoted line\nTom")
    judged = judge.judge(reading, Reading("Where is my lamp?"))
    assert len(judged.sentences["tone"]) == len(reading.sentences)


def test_quoted_lines_are_not_judged(judge: LocalJudge) -> None:
    reading = Reading("> You are all idiots.\nThanks, I have looked into it.")
    assert all(start > 20 for start, _ in judge.judge(reading, NOBODY).words)


def test_the_customer_s_message_is_heard(judge: LocalJudge) -> None:
    reading = Reading("It arrives on Friday.")
    furious = judge.judge(reading, Reading("I am furious, this is the third time you let me down!"))
    calm = judge.judge(reading, Reading("When does it arrive?"))
    assert furious.customer["feels"] > calm.customer["feels"]


def test_a_long_draft_is_read_in_parts_that_end_with_a_sentence(judge: LocalJudge) -> None:
    reading = Reading("We have looked at your order and found the parcel. " * 90)
    parts = list(cut(reading, NOBODY, load_encoder().tokenizer))
    assert len(parts) > 1
    assert all(len(part.pieces) <= LONGEST_PART for part in parts)
    assert sum(len(part.sentences) for part in parts) == len(reading.sentences)
    assert whole(judge.judge(reading, NOBODY), reading)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["Hello. ", "a.b! ", "? ", "☎️. ", "\u200d.x", "word " * 90 + ". ", "x" * 999 + "! "])))
def test_every_sentence_stands_in_one_part(texts: list[str]) -> None:
    reading = Reading("".join(texts))
    parts = list(cut(reading, NOBODY, load_encoder().tokenizer))
    assert sum(len(part.sentences) for part in parts) in (0, len(reading.sentences))
    assert all(0 <= start < end <= len(part.pieces) for part in parts for start, end in part.sentences)


def test_one_endless_sentence_is_cut_off_and_not_refused(judge: LocalJudge) -> None:
    reading = Reading("and then " * 2000)
    assert whole(judge.judge(reading, NOBODY), reading)


def test_many_threads_get_their_own_judgement(judge: LocalJudge) -> None:
    readings = [Reading(f"Order {number} is on its way, thank you for waiting.") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda reading: judge.judge(reading, NOBODY).whole["score"], readings))
    assert together == pytest.approx([judge.judge(reading, NOBODY).whole["score"] for reading in readings])


@pytest.mark.parametrize("kept", [0, 1_000, -1_000])
def test_a_broken_file_is_named(tmp_path: Path, kept: int) -> None:
    broken = tmp_path / "judge.npz"
    broken.write_bytes(FILE.read_bytes()[:kept])
    with pytest.raises(BadKnowledge, match=r"judge\.npz:1: .*shipped"):
        LocalJudge(broken, load_encoder).judge(Reading("Hello there."), NOBODY)
