"""The context of every resolver: the graph, the viewer, and coalescers that fetch for many resolvers at once."""

from collections.abc import Sequence
from functools import cached_property

import strawberry
from strawberry.fastapi import BaseContext

from api.quotas import Meter
from graph import answers
from graph.database.client import Graph
from graph.database.coalescing import Coalescer
from graph.lookup.identities import VisibleIdentity, list_identities
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState, build_viewer
from graph.networks.tokens import TokenHolder
from graph.requests.requests import IntroductionRequest
from graph.requests.suggestions import SuggestedOutcome, suggest_outcomes
from graph.ties.evidence import Pair
from graph.ties.past import Past
from graph.viewer import Viewer
from operations.questions.ties import TieWithEvidence, read_pasts, read_ties_with_evidence
from operations.requests.webhooks import WebhookSender
from operations.session import Session
from operations.uploads.upload_queue import UploadQueue

_MAX_BATCH = 10_000
"""More than the limits of a request allow, so that one query fetches all that the request needs at once."""


class Unauthenticated(Exception):
    """The request has no valid token of a member."""


class Context(BaseContext):
    """One request of one viewer.

    The coalescers fetch what all resolvers of the request need at once, and each id once. They exist as long as the
    request, so no viewer receives what was fetched for another.
    """

    def __init__(
        self,
        graph: Graph,
        loads: UploadQueue,
        meter: Meter,
        state: NetworkState,
        holder: TokenHolder,
        request_id: str,
        public_url: str,
        webhooks: WebhookSender | None,
    ) -> None:
        super().__init__()
        self.holder = holder
        self.meter = meter
        self.graph = graph
        self.loads = loads
        self.state = state
        self.viewer: Viewer = build_viewer(state, holder.member)
        self.request_id = request_id
        self.public_url = public_url
        self.webhooks = webhooks
        self.is_charged = False

    @property
    def session(self) -> Session:
        """The viewer's view of the network, for use cases."""
        return self.meter.limits.session(self.graph, self.state, self.viewer)

    @property
    def viewer_person_id(self) -> str:
        """The id of the viewer's person, "" if no source identifies the viewer."""
        return self.viewer.person_id or ""

    @cached_property
    def people(self) -> Coalescer[str, answers.Person]:
        """People by id."""

        async def load(ids: Sequence[str]) -> list[answers.Person]:
            profiles = await read_profiles(self.graph, self.viewer, ids)
            return [profiles[id] for id in ids]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def identities(self) -> Coalescer[str, list[VisibleIdentity]]:
        """The identities of people, by the id of the person."""

        async def load(ids: Sequence[str]) -> list[list[VisibleIdentity]]:
            by_person = await list_identities(self.graph, self.viewer, ids)
            return [by_person[id] for id in ids]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def ties(self) -> Coalescer[Pair, TieWithEvidence]:
        """The tie of the first person of each pair to the second."""

        async def load(pairs: Sequence[Pair]) -> list[TieWithEvidence]:
            return await read_ties_with_evidence(self.session, pairs)

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def suggested_outcomes(self) -> Coalescer[IntroductionRequest, SuggestedOutcome | None]:
        """The suggested outcome of each request."""

        async def load(requests: Sequence[IntroductionRequest]) -> list[SuggestedOutcome | None]:
            suggestions = await suggest_outcomes(self.graph, self.viewer, requests)
            return [suggestions.get(request.id) for request in requests]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def pasts(self) -> Coalescer[Pair, Past]:
        """The evidence of each pair by day, from which a tie is derived as of any day."""

        async def load(pairs: Sequence[Pair]) -> list[Past]:
            pasts = await read_pasts(self.session, pairs)
            return [pasts[pair] for pair in pairs]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)


def build_context(
    graph: Graph,
    loads: UploadQueue,
    meter: Meter,
    state: NetworkState,
    holder: TokenHolder,
    request_id: str,
    public_url: str,
    webhooks: WebhookSender | None,
) -> Context:
    """The context of a request by this member, with the current state of the network.

    Raises Unauthenticated if the member has just left.
    """
    if holder.member not in state.roles:
        raise Unauthenticated
    return Context(graph, loads, meter, state, holder, request_id, public_url, webhooks)


Info = strawberry.Info[Context, None]
