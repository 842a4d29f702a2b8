"""The figures that Heartware keeps of itself, by OpenTelemetry: nothing is counted until ``exporting`` is begun.

Names and labels are a fixed few, so that no text and no person can become a label.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from opentelemetry import metrics, trace

Stage = Literal["first review", "deeper review", "settling", "saying so", "judging", "search", "embedding", "model"]

NAME = "heartware"
_tracer = trace.get_tracer(NAME)
_meter = metrics.get_meter(NAME)
_seconds = _meter.create_histogram(
    "heartware.stage",
    unit="s",
    description="How long a stage took.",
    explicit_bucket_boundaries_advisory=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 40],
)
_under_way = _meter.create_up_down_counter(
    "heartware.under_way", description="Stages that this process began and has not ended."
)
_failures = _meter.create_counter("heartware.failures", description="Stages that failed, by the kind of error.")
_calls = _meter.create_counter("heartware.model.calls", description="Calls of the language model, by outcome.")
_tokens = _meter.create_counter("heartware.model.tokens", description="Tokens that the language model counted.")
_cost = _meter.create_counter("heartware.model.cost", unit="usd", description="What these tokens cost, estimated.")


@contextmanager
def stage(name: Stage, *, job: str = "") -> Iterator[None]:
    """Time what is done within, count it where it fails, and make it a span of the trace."""
    about = {"stage": name}
    # An error's own text may hold a draft: the span is given its kind alone.
    with _tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span:
        if job:
            span.set_attribute("job", job)
        _under_way.add(1, about)
        begun = time.perf_counter()
        try:
            yield
        except Exception as error:
            kind = type(error.__context__ or error).__name__
            span.set_status(trace.Status(trace.StatusCode.ERROR, kind))
            _failures.add(1, {**about, "error": kind})
            raise
        finally:
            _under_way.add(-1, about)
            _seconds.record(time.perf_counter() - begun, about)


def called_model(outcome: str) -> None:
    """Count a call of the model: ``answered``, ``refused`` at once by the circuit breaker, or the kind of error."""
    _calls.add(1, {"outcome": outcome})


def used_tokens(read: int, written: int, cost: float) -> None:
    """Count tokens, and what they cost in dollars, as far as prices are set."""
    _tokens.add(read, {"direction": "in"})
    _tokens.add(written, {"direction": "out"})
    _cost.add(cost)
