"""What is counted of the service for Prometheus. No label says who asked, whom or what: no name, no id."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("tertius_requests", "Requests answered.", ["path", "status"])
SECONDS = Histogram(
    "tertius_request_seconds",
    "Seconds that an answer took.",
    ["path"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60),
)
POINTS = Counter("tertius_points", "Points that were charged for.", ["enough"])
LOADS = Counter("tertius_loads", "Loads that ended.", ["how"])
CUT_OFF = Counter("tertius_searches_cut_off", "Searches for routes that ran out of time.")
