"""API5: each role and each token may call its own functions only, and a refused call changes nothing."""

import json
from functools import cache
from typing import Any
from uuid import uuid4

from graphql import GraphQLEnumType

from tests.api.documents import CHANGES, QUESTIONS, SCALARS, Leaf, document
from tests.graph.worlds import network_contents
from tests.owasp.conftest import READER, Service, signed

OF_OWNERS = {
    "setIntroducerVisibility",
    "setPrivacySettings",
    "setLeavingPolicy",
    "disputeErasure",
    "dismissErasure",
    "confirmErasure",
    "erasureRequests",
    "auditEntries",
}
OF_ADMINS = {
    "erasePerson",
    "createInvitation",
    "withdrawInvitation",
    "changeMemberRole",
    "removeMember",
    "invitations",
    "createWebhook",
    "deleteWebhook",
    "webhooks",
}
OF_CONTRIBUTORS = {
    "createLoadJob",
    "createStatement",
    "mergePeople",
    "markPeopleDistinct",
    "splitPerson",
    "hideContact",
    "markPeopleNotified",
    "unmarkPeopleNotified",
    "dataSubjectExport",
    "noticesDue",
}
REFUSED = {
    "adam": OF_OWNERS,
    "ben": OF_OWNERS | OF_ADMINS,
    "asa": OF_OWNERS | OF_ADMINS | OF_CONTRIBUTORS,
    READER: {
        *CHANGES,
        "auditEntries",
        "erasureRequests",
        "invitations",
        "webhooks",
        "tokens",
        "dataSubjectExport",
        "noticesDue",
    },
}
"""What a caller may not do. The owner's token with the scope READ may do no more than ask."""
LEAVES = {"leaveNetwork"}
"""Left out for callers who may do it."""


@cache
def call(name: str) -> str:
    """The request of this name with valid values that exist nowhere."""

    def value(argument: str, kind: Leaf) -> str:
        if isinstance(kind, GraphQLEnumType):
            return "email" if "email" in kind.values else max(kind.values)
        words = {"String": f"{argument}@near.example", "ID": uuid4().hex}
        return json.dumps(words[kind.name]) if kind.name in words else SCALARS[kind.name]

    return document(name, value)


async def without_day(service: Service) -> dict[str, Any]:
    """The contents of the network, without the day that the upkeep moves."""
    return {name: content for name, content in (await network_contents(service.driver)).items() if name != "day"}


async def test_each_caller_is_refused_what_its_role_and_scopes_do_not_allow(service: Service) -> None:
    for token, refused in REFUSED.items():
        before = await without_day(service)
        refused_callers = set()
        for name in sorted((QUESTIONS | CHANGES).keys() - (LEAVES - refused)):
            if name in CHANGES and name not in refused:
                continue
            answer = await service.ask(token, call(name))
            if any(error["extensions"]["code"] == "FORBIDDEN" for error in answer.get("errors", ())):
                refused_callers.add(name)
        assert refused_callers == refused, token
        assert await without_day(service) == before


async def test_uploads_and_lists_obey_the_same_roles_and_scopes(service: Service) -> None:
    for token in ("asa", READER):
        response = await service.client.put("/uploads/x", content=b"x", headers=signed(token))
        assert response.status_code == 403
    listed = await service.client.post("/targets", content=b"Name\nIda", headers=signed(READER))
    assert listed.status_code == 200


async def test_a_method_or_header_that_names_another_method_does_not_help(service: Service) -> None:
    change = 'mutation { renameViewer(input: {name: "Eve"}) { member { name } } }'
    for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "POST"}):
        response = await service.client.get("/graphql", params={"query": change}, headers=signed("ben") | headers)
        assert response.status_code == 405
