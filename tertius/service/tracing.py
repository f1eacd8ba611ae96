"""Spans of requests and of the database's answers, sent by OTLP to where the settings say.

A span tells a query's name, never what was asked with it (api.watched, graph.session).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace

from tertius import __version__
from tertius.errors import SettingError


@contextmanager
def traced(endpoint: str | None) -> Iterator[None]:
    """Send spans until the end of the block, nothing without an address. Raises SettingError without the extra."""
    if endpoint is None:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 an extra
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise SettingError("TERTIUS_TRACES__ENDPOINT takes Tertius installed with the extra `traces`.") from None
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
