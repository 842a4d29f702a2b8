"""Several threads share a run, and each gets its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.encoder.batches import AT_ONCE, Batches, Texts
from bot.encoder.weights import Floats


class Runs:
    """Records what was run; the first run waits until the others have asked."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.tokens: list[int] = []
        """The first of each run."""
        self.go_on = threading.Event()
        self.wrong: set[int] = set()

    def __call__(self, texts: Texts) -> Iterable[Floats]:
        self.sizes.append(len(texts))
        self.tokens.append(texts[0][0])
        self.go_on.wait(10)
        if any(token in self.wrong for text in texts for token in text):
            raise ValueError("no such token")
        return [np.full((len(text), 1), text[0], np.float32) for text in texts]


def asked(runs: Runs, calls: list[Texts]) -> list[list[float] | Exception]:
    """What each call got, as the first number of each text; all of them ask while the first one runs."""
    batches = Batches(runs)

    def ask(texts: Texts) -> list[float] | Exception:
        try:
            return [float(states[0, 0]) for states in batches.states(texts)]
        except ValueError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(ask, calls[0])]
        while not runs.sizes:
            pass
        futures += [pool.submit(ask, call) for call in calls[1:]]
        while len(batches._waiting) < len(calls) - 1:
            pass
        runs.go_on.set()
        return [future.result(10) for future in futures]


def test_who_waits_goes_together_and_each_gets_their_own() -> None:
    runs = Runs()
    assert asked(runs, [[[1]], [[2], [3, 3]], [[4]]]) == [[1.0], [2.0, 3.0], [4.0]]
    assert runs.sizes == [1, 3]


def test_a_run_is_no_longer_than_it_may_be_but_for_a_single_text() -> None:
    runs = Runs()
    long = [[7] * (AT_ONCE + 1)]
    assert asked(runs, [[[1]], long, [[8] * (AT_ONCE - 1)], [[9]], [[10]]]) == [[1.0], [7.0], [8.0], [9.0], [10.0]]
    assert runs.sizes[:2] == [1, 1]
    assert sum(runs.sizes) == 5


def test_between_the_parts_of_a_long_call_others_have_their_turn() -> None:
    runs = Runs()
    long: Texts = [[7] * AT_ONCE] * 3
    assert asked(runs, [long, [[8]]]) == [[7.0] * 3, [8.0]]
    assert runs.tokens == [7, 8, 7, 7]


def test_what_goes_wrong_is_told_to_all_who_went_together_and_to_nobody_else() -> None:
    runs = Runs()
    runs.wrong = {5}
    first, second, third = asked(runs, [[[1]], [[5]], [[6]]])
    assert first == [1.0]
    assert isinstance(second, ValueError)
    assert isinstance(third, ValueError)


def test_nothing_asked_nothing_given() -> None:
    runs = Runs()
    runs.go_on.set()
    assert Batches(runs).states([]) == []


@pytest.mark.parametrize("threads", [8])
def test_many_threads_never_get_each_other_s(threads: int) -> None:
    runs = Runs()
    runs.go_on.set()
    batches = Batches(runs)
    with ThreadPoolExecutor(threads) as pool:
        got = list(pool.map(lambda n: float(batches.states([[n]])[0][0, 0]), range(1, 400)))
    assert got == [float(n) for n in range(1, 400)]
