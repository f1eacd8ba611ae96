"""Use cases of introduction requests, for every surface (docs/requests.md).

Each function acts as the session's viewer. It returns None if the viewer is no party of a request with the given id: an
id of another member's request and an id of no request have the same answer.
"""
