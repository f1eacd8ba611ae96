"""Sends spans of requests and database queries by OTLP to the configured endpoint.

A span contains the name of a query but not its parameters (api.http.request_log, graph.database.tracing).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace

from tertius import __version__
from tertius.errors import SettingError


@contextmanager
def tracing(endpoint: str | None) -> Iterator[None]:
    """Send spans in the block if there is an endpoint. Raises SettingError if the extra `traces` is not installed."""
    if endpoint is None:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 in an extra
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise SettingError("TERTIUS_TRACES__ENDPOINT requires the extra `traces`. Install it first.") from None
    provider = TracerProvider(
        resource=Resource.create({"service.name": "tertius", "service.version": __version__}),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=2)))
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()
