"""`tertius demo --team`: three invented colleagues ask the same question (docs/sample.md)."""

from dataclasses import replace

from graph.errors import InvalidIntroductionRequest
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.roles import rename_member
from graph.networks.controller import DataController, read_controller
from graph.networks.members import list_members
from graph.networks.permissions import Role
from graph.networks.sources import SharingLevel
from graph.privacy.retention import set_controller
from graph.sharing.share import share_source
from operations.load_exports import load_paths
from operations.requests.acting import Response, respond_to_request, send_request
from operations.requests.drafting import create_request
from presentation.dates import today
from presentation.request_texts import RequestFacts
from tertius import console
from tertius.cli.asking.who_here import print_answer
from tertius.console import ConsoleProgress
from tertius.sample import TEAM
from tertius.session import OpenNetwork

QUESTION = "Tomas Weiss"
PURPOSE = "I want to learn how you choose suppliers."
SHARING = {"Lena Hartog": SharingLevel.PRIVATE, "Omar Nasser": SharingLevel.STRENGTH, "Pia Lund": SharingLevel.EVIDENCE}
"""The sharing level of each one's mail. The first one created the network."""
_DESCRIPTIONS = {
    SharingLevel.PRIVATE: "shares nothing",
    SharingLevel.STRENGTH: "shares the strength labels of his ties",
    SharingLevel.EVIDENCE: "shares strengths and evidence",
}


async def show_team(network: OpenNetwork, progress: ConsoleProgress) -> None:
    """Load the team, which changes nothing the second time, and ask as each of them."""
    if await read_controller(network.graph, network.id) is None:
        controller = DataController("Juniper", "privacy@juniper.example", "legitimate interest", 0)
        await set_controller(network.graph, network.id, controller, today=today(), progress=progress)
    console.echo("Three invented colleagues, each with their own mailbox:")
    views = {}
    for name, level in SHARING.items():
        console.echo(f"  {name} {_DESCRIPTIONS[level]}.")
        views[name] = await _join(network, name, level, progress)
    for name in SHARING:
        await _ask(views[name], name)
    _, omar, pia = views.values()
    request = await _request(pia)
    if request is not None:
        console.echo("")
        console.echo("Pia asks the colleague for an introduction. Omar receives the request and accepts it.")
        await respond_to_request((await omar.reload()).session, request, Response.ACCEPT, today=today())
        await _ask(pia, "Pia Lund")
    console.echo("")
    console.echo("Only Lena's answer names Kaya, because only Lena's private mailbox contains her.")
    console.echo(
        "No answer shows a number of Omar's ties. A colleague is named as introducer after they accept a request."
    )


async def _join(network: OpenNetwork, name: str, level: SharingLevel, progress: ConsoleProgress) -> OpenNetwork:
    """Add a member, load and share their mail, and return the network as they see it."""
    graph, id = network.graph, network.id
    if name not in {member.name for member in await list_members(graph, id)}:
        if name == next(iter(SHARING)):
            await rename_member(graph, id, network.member, name)
        else:
            secret, _ = await create_invitation(graph, id, network.member, role=Role.MEMBER)
            await join_network(graph, secret, name=name, email=None, progress=progress)
    member = next(each.id for each in await list_members(graph, id) if each.name == name)
    first = name.partition(" ")[0].lower()
    owner = f"{first}@juniper.example"
    await load_paths(graph, id, member, [TEAM / f"{first}.csv"], today=today(), owner=owner, progress=progress)
    theirs = await replace(network, member=member).reload()
    await share_source(
        graph, theirs.viewer, "interactions", level, third_party_ties=level == SharingLevel.EVIDENCE, progress=progress
    )
    return theirs


async def _ask(network: OpenNetwork, name: str) -> None:
    console.echo("")
    console.echo(f"{name} asks: $ tertius who --team {QUESTION}")
    await print_answer(await network.reload(), QUESTION, team=True)


async def _request(asker: OpenNetwork) -> str | None:
    """Ask the colleague on the best route for an introduction. Returns the id, None if no name is withheld."""
    session = (await asker.reload()).session
    try:
        request = await create_request(session, QUESTION, None, RequestFacts(PURPOSE))
    except InvalidIntroductionRequest:
        return None
    await send_request(session, request.id)
    return request.id
