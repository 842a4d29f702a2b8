"""What Prometheus reads: figures of every stage by a fixed few labels, and no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from prometheus_client.parser import text_string_to_metric_families

from bot.coaching.errors import ModelUnavailable
from bot.models.llm import ChatModel, Price
from bot.observing import meters
from bot.observing.exporting import Exporting, OwnSpans, Wanted
from bot.observing.meters import stage
from bot.web import web_app
from tests.local_models import ScriptedServer, says, sends
from tests.test_breaker import MESSAGES, Kindness

CANARY = "quokka-9911"
LABELS = {
    "stage", "error", "outcome", "direction", "platform", "kind", "part", "le", "generation",
    "http_request_method", "http_response_status_code", "http_route", "network_protocol_version", "url_scheme",
}  # fmt: skip
"""Each has a fixed few values."""


@pytest.fixture(scope="module")
def exporting() -> Iterator[Exporting]:
    exporting = Exporting(Wanted())
    yield exporting
    exporting.close()


def test_stages_models_and_requests_are_counted_without_a_text(exporting: Exporting) -> None:
    exporting.watch("heartware.jobs", "Jobs.", lambda: {"slack": 3.0}, label="platform")
    exporting.watch("heartware.jobs.oldest", "Their age.", lambda: {"draft": 4.0}, label="kind", unit="s")
    with stage("first review", job=CANARY):
        pass
    meters.used_tokens(1_000, 200, 0.01)
    with pytest.raises(ValueError, match=CANARY), stage("deeper review"):
        raise ValueError(CANARY)
    with ScriptedServer() as server:
        model = ChatModel("m", api_key="", base_url=server.url, seconds=20, price=Price(1_000_000, 2_000_000))
        server.reply = says('{"kind": true}')
        model.ask(MESSAGES, Kindness)
        server.reply = sends(400, CANARY)
        with pytest.raises(ModelUnavailable):
            model.ask(MESSAGES, Kindness)
    client = TestClient(web_app(None, lambda: True, figures=exporting.page))
    client.get(f"/{CANARY}")
    client.get("/healthz")
    page = client.get("/metrics").text
    for line in (
        'heartware_stage_seconds_count{stage="first review"} 1.0',
        'heartware_failures_total{error="ValueError",stage="deeper review"} 1.0',
        'heartware_under_way{stage="deeper review"} 0.0',
        'heartware_model_calls_total{outcome="answered"} 1.0',
        'heartware_model_calls_total{outcome="OpenAIInvalidRequestError"} 1.0',
        'heartware_jobs{platform="slack"} 3.0',
        'heartware_jobs_oldest_seconds{kind="draft"} 4.0',
        "heartware_model_cost_usd_total 0.01",
        'http_response_status_code="200",http_route="/healthz"',
        'http_response_status_code="404",http_route=""',
    ):
        assert line in page
    assert CANARY not in page
    lint(page)


def lint(page: str) -> None:
    """What promtool checks, and that no label can grow without end."""
    for family in text_string_to_metric_families(page):
        if family.name == "python_info":
            continue
        assert family.documentation, family.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", family.name)
        assert not family.name.endswith(("_ms", "_milliseconds", "_minutes", "_kb", "_mb", "_count", "_sum", "_bucket"))
        for sample in family.samples:
            assert set(sample.labels) <= LABELS, sample
            assert (family.type == "counter") == sample.name.endswith("_total")


class Spans(SpanExporter):
    def __init__(self) -> None:
        self.seen: list[ReadableSpan] = []

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.seen += spans
        return SpanExportResult.SUCCESS


def test_spans_are_our_own_and_have_the_kind_of_an_error_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    spans, provider = Spans(), TracerProvider()
    processor = OwnSpans(spans)
    provider.add_span_processor(processor)
    monkeypatch.setattr(meters, "_tracer", provider.get_tracer(meters.NAME))
    with pytest.raises(ValueError, match=CANARY), stage("deeper review", job="j1"), stage("search"):
        raise ValueError(CANARY)
    with provider.get_tracer("fastapi").start_as_current_span(f"GET /?code={CANARY}"):
        pass
    processor.force_flush()
    assert [span.name for span in spans.seen] == ["search", "deeper review"]
    assert spans.seen[0].parent
    assert CANARY not in "".join(span.to_json() for span in spans.seen)
    assert "ValueError" in spans.seen[1].to_json()
    assert '"job": "j1"' in spans.seen[1].to_json()
