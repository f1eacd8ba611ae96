"""The page: the web application in `web/`, as `make web` built it."""
