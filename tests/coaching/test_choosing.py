"""Which of the hits are worth saying."""

from __future__ import annotations

from bot.coaching.review import chosen
from bot.coaching.rules import Advice, Hit


def hit(criterion: str, start: int | None = None, *, principle: str = "", weight: int = 2) -> Hit:
    advice = Advice(
        id=f"{criterion}-{start}", criterion=criterion, principle=principle or criterion, severity="may",
        effect="misses", weight=weight, why="Why.", suggestion="Instead.",
    )  # fmt: skip
    return Hit(advice, start, None if start is None else start + 5, "words" if start is not None else "", None)


def said(*hits: Hit) -> list[str]:
    return [one.rule.criterion for one in chosen(hits)]


def test_three_at_most_the_heaviest_first() -> None:
    hits = [hit("a", 0, weight=1), hit("b", 10), hit("c", 20, weight=3), hit("d", 30)]
    assert said(*hits) == ["c", "b", "d"]


def test_a_trifle_is_not_worth_saying() -> None:
    assert said(hit("a", 0, weight=1)) == []


def test_words_are_found_fault_with_once() -> None:
    assert said(hit("a", 0, weight=3), hit("b", 3)) == ["a"]


def test_the_same_words_are_spoken_of_once() -> None:
    again = hit("a", 20)._replace(quote="Words")
    assert said(hit("a", 0), again._replace(rule=hit("a", 0).rule)) == ["a"]


def test_what_is_missing_is_not_said_beside_words_of_the_same_kind() -> None:
    assert said(hit("a", 0), hit("a")) == ["a"]


def test_what_is_missing_gives_way_where_words_were_held_against_the_same_principle() -> None:
    words, echo = hit("policy-wall", 0, principle="alternative"), hit("no-alternative", principle="alternative")
    others = [hit("b", 10, weight=1), hit("c", 20, weight=1)]
    assert said(words, echo, *others) == ["policy-wall", "b", "c"]
    assert said(words, echo) == ["policy-wall", "no-alternative"]


def test_the_surest_words_come_first_but_for_what_must_not_go_out() -> None:
    hits = [hit("a", 0, weight=3), hit("b", 10, weight=1), hit("c", 20)]
    assert [one.rule.criterion for one in chosen(hits, (12, 14))] == ["b", "a", "c"]
    held = hits[2]._replace(rule=hits[2].rule.model_copy(update={"hold": True}))
    assert [one.rule.criterion for one in chosen([*hits[:2], held], (12, 14))] == ["c", "b", "a"]
