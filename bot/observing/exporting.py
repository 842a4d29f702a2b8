"""Where figures and traces go: to ``/metrics`` for Prometheus, and by OTLP where the usual OTEL_* variables ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from opentelemetry import metrics, trace
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import DropAggregation, View
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from prometheus_client import REGISTRY, generate_latest

from bot.observing.meters import NAME

TEAMS = ("Microsoft.Teams.Api", "Microsoft.Teams.Apps")
"""The meters of the Teams SDK."""


class Wanted(NamedTuple):
    """What is sent by OTLP; the packages read the address, the headers and the rest from OTEL_* themselves."""

    traces: bool = False
    metrics: bool = False


class OwnSpans(BatchSpanProcessor):
    """Passes on Heartware's own spans; those of other packages may quote an address or an error."""

    def on_end(self, span: ReadableSpan) -> None:
        """A span ended."""
        if span.instrumentation_scope and span.instrumentation_scope.name == NAME:
            super().on_end(span)


class Exporting:
    """Begun once in a process that serves, before anything is counted."""

    def __init__(self, wanted: Wanted) -> None:
        resource = Resource({"service.name": "heartware"}).merge(OTELResourceDetector().detect())
        readers: list[MetricReader] = [PrometheusMetricReader(disable_target_info=True, scope_info_enabled=False)]
        if wanted.metrics:
            from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter

            readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
        # FastAPI counts requests by route; what Teams' SDK counts is of its own calls and of no use here.
        views = [View(meter_name=name, instrument_name="*", aggregation=DropAggregation()) for name in TEAMS]
        self._meters = MeterProvider(readers, resource, views=views)
        metrics.set_meter_provider(self._meters)
        self._traces = TracerProvider(resource=resource) if wanted.traces else None
        if self._traces:
            from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

            self._traces.add_span_processor(OwnSpans(OTLPSpanExporter()))
            trace.set_tracer_provider(self._traces)

    def watch(
        self, name: str, description: str, read: Callable[[], Mapping[str, float]], *, label: str, unit: str = ""
    ) -> None:
        """Ask for figures whenever they are collected: a value for each value of the label."""

        def observed(_: CallbackOptions) -> Iterable[Observation]:
            try:
                return [Observation(value, {label: of}) for of, value in read().items()]
            except Exception:  # whatever the database raises, the other figures are given
                return []

        metrics.get_meter(NAME).create_observable_gauge(name, [observed], unit, description)

    def page(self) -> bytes:
        """What Prometheus reads."""
        return generate_latest(REGISTRY)

    def close(self) -> None:
        """Send what is left, where it is sent."""
        self._meters.shutdown(timeout_millis=2_000)
        if self._traces:
            self._traces.shutdown()
