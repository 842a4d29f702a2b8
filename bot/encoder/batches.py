"""Texts of several threads on one way through the layers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future

from bot.encoder.weights import Floats

Texts = Sequence[Sequence[int]]

AT_ONCE = 512
"""Tokens in one run, unless a single text brings more."""


class Batches:
    """Calls that wait while one runs go into the next run together.

    A run reads all the weights from memory, which takes half of the time of a short text; two texts in one run read
    them once.
    """

    def __init__(self, run: Callable[[Texts], Iterable[Floats]]) -> None:
        self._run = run
        self._running = threading.Lock()
        self._waiting: deque[tuple[Texts, Future[list[Floats]]]] = deque()

    def states(self, texts: Texts) -> list[Floats]:
        """What ``run`` gives for each of the texts; raises what it raises. Between parts of a long call others run."""
        return [found for part in portions(texts, AT_ONCE) for found in self._in_turn(part)]

    def _in_turn(self, texts: Texts) -> list[Floats]:
        mine: Future[list[Floats]] = Future()
        self._waiting.append((texts, mine))
        with self._running:
            while not mine.done():
                self._run_next()
        return mine.result()

    def _run_next(self) -> None:
        calls = [self._waiting.popleft()]
        size = _size(calls[0][0])
        while self._waiting and size + _size(self._waiting[0][0]) <= AT_ONCE:
            calls.append(self._waiting.popleft())
            size += _size(calls[-1][0])
        try:
            found = iter(list(self._run([text for texts, _ in calls for text in texts])))
        except Exception as error:  # whoever waits for it is told
            for _, future in calls:
                future.set_exception(error)
        else:
            for texts, future in calls:
                future.set_result([next(found) for _ in texts])


def portions(texts: Texts, most: int) -> Iterator[Texts]:
    """The texts in order, as many at a time as have no more tokens than this together, but at least one."""
    portion: list[Sequence[int]] = []
    size = 0
    for text in texts:
        if portion and size + len(text) > most:
            yield portion
            portion, size = [], 0
        portion.append(text)
        size += len(text)
    if portion:
        yield portion


def _size(texts: Texts) -> int:
    return sum(map(len, texts))
