"""A team of three invented people, shown: the same question asked by each (docs/sample.md)."""

from dataclasses import replace

from graph.lookup.resolve import Target, find
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.roles import rename_member
from graph.networks.controller import DataController, read_controller
from graph.networks.members import list_members
from graph.networks.permissions import Role
from graph.networks.sources import SharingLevel
from graph.privacy.retention import set_controller
from graph.sharing.share import share_source
from graph.sharing.visibility_requests import answer_visibility_request, list_visibility_requests, request_visibility
from operations.load_exports import load_paths
from presentation.dates import today
from tertius import console
from tertius.cli.asking.who import ask
from tertius.console import ConsoleProgress
from tertius.sample import TEAM
from tertius.session import OpenNetwork

QUESTION = "Tomas Weiss"
SHARING = {"Lena Hartog": SharingLevel.PRIVATE, "Omar Nasser": SharingLevel.STRENGTH, "Pia Lund": SharingLevel.EVIDENCE}
"""How far each shares their mail; the first began the network."""
SAYS = {
    SharingLevel.PRIVATE: "keeps her mail to herself",
    SharingLevel.STRENGTH: "shares how strong his ties are, in words",
    SharingLevel.EVIDENCE: "shares what was seen, numbers too",
}


async def shown(network: OpenNetwork, progress: ConsoleProgress) -> None:
    """Load the team, which the second time changes nothing, and ask as each of them."""
    if await read_controller(network.graph, network.id) is None:
        answers = DataController("Juniper", "privacy@juniper.example", "legitimate interest", 0)
        await set_controller(network.graph, network.id, answers, today=today(), progress=progress)
    console.echo("Three invented colleagues, each with mail of their own:")
    views = {}
    for name, level in SHARING.items():
        console.echo(f"  {name} {SAYS[level]}.")
        views[name] = await _joined(network, name, level, progress)
    for name in SHARING:
        await _asked(views[name], name)
    _, omar, pia = views.values()
    waiting = await _waits(pia, omar)
    if waiting is not None:
        console.echo("")
        console.echo("Pia asks to be told. Omar is asked, as the best way leads through him, and agrees.")
        await answer_visibility_request(omar.graph, omar.viewer, waiting, consented=True)
        await _asked(pia, "Pia Lund")
    console.echo("")
    console.echo("Lena alone hears of Kaya, whom only her private mail knows. Of Omar's ties nobody hears a number.")
    console.echo("Through which colleague a way leads is told when they agree to it.")


async def _joined(network: OpenNetwork, name: str, level: SharingLevel, progress: ConsoleProgress) -> OpenNetwork:
    """Add a member, load and share their mail, and return the network as they see it."""
    graph, id = network.graph, network.id
    if name not in {one.name for one in await list_members(graph, id)}:
        if name == next(iter(SHARING)):
            await rename_member(graph, id, network.member, name)
        else:
            secret, _ = await create_invitation(graph, id, network.member, role=Role.MEMBER)
            await join_network(graph, secret, name=name, email=None, progress=progress)
    member = next(one.id for one in await list_members(graph, id) if one.name == name)
    first = name.partition(" ")[0].lower()
    said = f"{first}@juniper.example"
    await load_paths(graph, id, member, [TEAM / f"{first}.csv"], today=today(), owner=said, progress=progress)
    theirs = await replace(network, member=member).reload()
    others = level == SharingLevel.EVIDENCE
    await share_source(graph, theirs.viewer, "interactions", level, third_party_ties=others, progress=progress)
    return theirs


async def _asked(network: OpenNetwork, name: str) -> None:
    console.echo("")
    console.echo(f"{name} asks: $ tertius who --team “{QUESTION}”")
    await ask(await network.reload(), QUESTION, team=True)


async def _waits(asker: OpenNetwork, colleague: OpenNetwork) -> str | None:
    """Ask to be told: the request that waits for a colleague then, None where there is nothing to ask for."""
    asker = await asker.reload()
    target = await find(asker.graph, asker.viewer, QUESTION)
    if not isinstance(target, Target):
        return None
    await request_visibility(asker.graph, asker.state, asker.viewer, target, today=today())
    return next(
        (one.id for one in await list_visibility_requests(asker.graph, colleague.viewer) if one.consented is None), None
    )
