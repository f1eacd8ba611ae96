"""Prometheus metrics of the service (docs/settings.md). No label identifies a person, a member or a network."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("tertius_http_requests", "Answered requests.", ["path", "status"])
REQUEST_SECONDS = Histogram(
    "tertius_http_request_duration_seconds",
    "Duration of answered requests in seconds.",
    ["path"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60),
)
QUERY_POINTS = Counter(
    "tertius_query_points", "Points of requests: charged to a member, or rejected by a limit.", ["outcome"]
)
LINK_REQUESTS = Counter(
    "tertius_link_requests", "Requests for a link at /about-me: sent, or rejected by a limit.", ["outcome"]
)
LOADS = Counter("tertius_loads", "Loads that ended, by status: done or failed.", ["status"])
ROUTE_SEARCH_TIMEOUTS = Counter("tertius_route_search_timeouts", "Route searches that reached their time limit.")
EVENT_OUTCOMES = Counter(
    "tertius_events", "Events by kind and outcome: delivered, or failed after all attempts.", ["kind", "outcome"]
)
OLDEST_EVENT_SECONDS = Gauge("tertius_oldest_event_age_seconds", "Age in seconds of the oldest undelivered event.")
ROUTE_INDEX_BYTES = Gauge("tertius_route_index_bytes", "Size in bytes of the route indexes in memory.")
ROUTE_INDEX_TIES = Gauge("tertius_route_index_ties", "Number of ties in the route indexes in memory.")
