"""An account joins by the address that the provider verified, exactly as the provider sent it."""

from typing import Any

import pytest

from graph.membership.invitations import create_invitation
from graph.networks.permissions import Role
from tests.api.sign_in.test_provider import ANA, Team, issuer, team

__all__ = ["issuer", "team"]  # fixtures


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "\u212aim@desk.example"},  # the Kelvin sign, which folds to k
        {"email": "kim@de\u017fk.example"},  # the long s, which IDNA maps to s
        {"email": "kim@\uff44esk.example"},
        {"email": '"kim"@desk.example'},
        {"email": "'kim'@desk.example"},
        {"email": "kim'@desk.example"},
        {"email": "<kim@desk.example>"},
        {"email": "kim @desk.example"},
        {"email": " kim@desk.example"},
        {"email": "kim@desk.example\n"},
        {"email": "kim@desk.example."},
        {"email": "kim@desk\u3002example"},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"email_verified": [True]},
        {"email_verified": None},
    ],
    ids=str,
)
async def test_only_the_exact_verified_address_admits_an_account(team: Team, claims: dict[str, Any]) -> None:
    network, ana = await team.create_network("home")
    await create_invitation(team.graph, network, ana, role=Role.MEMBER, email="kim@desk.example")
    kim = {"sub": "30", "name": "Kim", "email": "kim@desk.example", "email_verified": True}

    assert (await team.sign_in({**kim, "sub": "31", **claims}, network="home")).status_code == 403
    assert (await team.sign_in({**kim, "email": "Kim@Desk.example"}, network="home")).status_code == 303


async def test_a_verification_counts_for_the_address_beside_it_only(team: Team) -> None:
    only_verified = {"sub": ANA["sub"], "email_verified": True}
    team.issuer.userinfo = {"sub": ANA["sub"], "email": ANA["email"]}

    assert (await team.sign_in(only_verified)).status_code == 403
