"""`tertius`, the command: every room's work, asked for and told in a terminal. Exit codes are in the README."""

import logging
import sys
from datetime import date
from typing import Annotated, NoReturn

import typer

from api.days import today
from api.words import named, on, word
from graph.days import day_of
from graph.derivation.refresh import refresh as move_day
from graph.errors import TertiusError, UnclearStatement
from graph.introductions.as_of import unfit
from graph.lookup.possible_connectors import at as at_company
from graph.lookup.search import people as search
from graph.privacy.retention import drop_old
from graph.statements.tie_statements import say_so, statements, withdraw
from sources.errors import SourceError
from tertius import (
    __version__,
    bring,
    compact,
    database,
    demo_team,
    doctor,
    members,
    privacy,
    saying,
    settings,
    show,
    terminal,
)
from tertius import same as duplicates
from tertius.ask import UNKNOWN, ask
from tertius.backup import backup, restore
from tertius.bypass import bypass
from tertius.calibrate import calibrate
from tertius.demo import shown
from tertius.fading import fading
from tertius.home import Home, up_to_day
from tertius.meant import meant
from tertius.notices import notices
from tertius.progress import Progress
from tertius.reveal import reveal
from tertius.run import FAILED, Json, end, run
from tertius.serve import served
from tertius.share import conceal, share, unconceal
from tertius.targets import targets
from tertius.terminal import Watch
from tertius.tie import drawn

app = typer.Typer(
    help="Who can genuinely introduce me to X?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Details = Annotated[bool, typer.Option("--details", help="Numbers beside the words.")]
Limit = Annotated[int, typer.Option(min=1, max=50, help="How many people to show at most.")]
Serve = typer.Option("--serve/--no-serve", help="Serve the API in the foreground, or end when the rest is done.")

BRINGING = (bring.load, bring.fetch, bring.sources, bring.remove, share, conceal, unconceal, bypass, reveal)
MEMBERS = (members.members, members.invite, members.found, members.tokens, *privacy.COMMANDS, notices)
for command in (*BRINGING, *MEMBERS, fading, targets, calibrate, backup, restore):
    app.command()(command)
app.command("compact")(compact.command)


def main() -> NoReturn:
    """Run the command; what goes wrong is one sentence on stderr and exit code 1."""
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # it would tell of every retry that then succeeds
    try:
        app()
    except (TertiusError, SourceError) as error:
        typer.echo(str(error), err=True)
    except BrokenPipeError:
        sys.stderr.close()
    sys.exit(FAILED)


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    if version:
        typer.echo(f"tertius {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


@app.command()
def up(*, serving: Annotated[bool, Serve] = True) -> None:
    """Start the database, if it is down, and serve the API until Ctrl-C ends it."""
    found = settings.read()

    async def do(home: Home, _: Watch) -> None:
        count = len(home.state.told_of(home.member))
        terminal.line(f"The database is up. The network holds {count} source{'' if count == 1 else 's'}.")

    with served(found, found.network, serving=serving, patient=True):
        run(do, make=True)
        status = database.status(found)
        if status.address is not None:
            terminal.line(f"Neo4j: {status.address.uri}." + (" `tertius down` stops it." if status.local else ""))


@app.command()
def down() -> None:
    """Stop the local database; what is in it stays."""
    stopped = database.stop(settings.read(), _told)
    terminal.line("The database is stopped." if stopped else "No local database is running.")


@app.command()
def who(
    target: Annotated[str, typer.Argument(help="A name, “Name at Company”, an e-mail address or a LinkedIn URL.")],
    limit: Limit = 5,
    max_introducers: Annotated[int, typer.Option(min=1, max=3, help="How long a route may be.")] = 2,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As it was on a day, as 2026-03-01.")] = None,
    *,
    team: Annotated[bool, typer.Option("--team", help="Routes may start at colleagues who share, too.")] = False,
    details: Details = False,
    as_json: Json = False,
) -> None:
    """Who can introduce you to somebody, best odds first; or why nobody can, and what would mend it."""

    then = _date(as_of) if as_of else None
    if then and (why := unfit(then, today=today(), max_introducers=max_introducers, team=team)):
        raise typer.BadParameter(why)

    async def do(home: Home, watch: Watch) -> int:

        home = home if then else await up_to_day(home, say=watch.say)
        return await ask(
            home,
            target,
            team=team,
            limit=limit,
            max_introducers=max_introducers,
            as_of=then,
            details=details,
            as_json=as_json,
        )

    end(run(do))


@app.command()
def at(company: str, *, details: Details = False, as_json: Json = False) -> None:
    """Whom you know at a company now, and whom you know who was there, best first."""

    async def do(home: Home, watch: Watch) -> None:
        home = await up_to_day(home, say=watch.say)
        found = await at_company(home.graph, home.viewer, company)
        if as_json:
            terminal.data(
                {
                    when: [
                        {"id": lead.person.id, "name": lead.person.name, "title": lead.title, "company": lead.company}
                        | {"odds": lead.tie.number, "word": word(lead.tie.odds)}
                        for lead in leads
                    ]
                    for when, leads in (("now", found.now), ("once", found.once))
                }
            )
            return
        for says, leads in (("There now:", found.now), ("There once:", found.once)):
            if leads:
                terminal.line(says)
                for lead in leads:
                    terminal.lines(show.lead(lead, home.viewer, details=details))
        if not found.now and not found.once:
            terminal.line("We have seen nobody there who knows you.")

    run(do)


@app.command("say")
def say_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A knows B; A met B; A is out of touch with B; A is no route to B."),
    ] = None,
    *,
    well: Annotated[bool, typer.Option("--well", help="They know them well.")] = False,
    met: Annotated[bool, typer.Option("--met", help="They met once.")] = False,
    dated: Annotated[str | None, typer.Option("--on", help="When it was so, as 2026-11-22; else today.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day it counts, as 2027-11-22.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show what you have said.")] = False,
    withdrawn: Annotated[int | None, typer.Option("--withdraw", help="Take back number N of the list.")] = None,
) -> None:
    """Say who knows whom (`tertius say Ben knows "Jane Doe"`; "me" is you), or what sets a tie aside: it counts for you
    alone.
    """

    async def do(home: Home, watch: Watch) -> None:
        viewer = home.viewer
        if words:
            one, kind, other = saying.read(words)
            await say_so(
                home.graph,
                viewer,
                by=await meant(home, one),
                towards=await meant(home, other),
                kind="well" if well else "met" if met else kind,
                on=_date(dated),
                until=_date(until) if until else None,
                today=today(),
                say=watch.say,
            )
        elif withdrawn is not None:
            said = await statements(home.graph, viewer)
            if not 0 < withdrawn <= len(said):
                raise UnclearStatement(f"There is no statement number {withdrawn}: `tertius say --list` shows them.")
            await withdraw(home.graph, viewer, said[withdrawn - 1], say=watch.say)
        elif not listed:
            raise typer.BadParameter(saying.UNREAD, param_hint="WORDS")
        said = await statements(home.graph, viewer)
        terminal.lines(saying.listed(said, me=viewer.person_id, today=viewer.as_of))

    run(do)


def _date(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise typer.BadParameter("write the day as 2026-11-22") from None


@app.command()
def people(
    search_for: Annotated[str, typer.Argument(metavar="SEARCH")], limit: Limit = 20, *, as_json: Json = False
) -> None:
    """Find people by name, address or profile, and say how well they know you."""

    async def do(home: Home, _: Watch) -> int:
        found = await search(home.graph, home.viewer, search_for, limit)
        if as_json:
            terminal.data(
                [
                    {"id": one.person.id, "name": one.person.name, "title": one.person.title}
                    | {"company": one.person.company, "odds": one.tie and one.tie.number}
                    | {"word": one.tie and word(one.tie.acts), "shared": one.person.shared}
                    for one in found
                ]
            )
        for one in found if not as_json else ():
            tie = f"knows you: {word(one.tie.acts)}" if one.tie else "a stranger"
            tie = "a shared mailbox" if one.person.shared else tie
            last = f", last contact {on(one.last)}" if one.last is not None else ""
            terminal.line(f"{named(one.person)}: {tie}{last}  [{one.person.id}]")
        if not found and not as_json:
            terminal.line("Nobody in your sources is called that.")
        return 0 if found else UNKNOWN

    end(run(do))


@app.command()
def same(
    parted: Annotated[list[str] | None, typer.Argument(help="With --split: which are somebody else's.")] = None,
    *,
    merged: Annotated[int | None, typer.Option("--merge", help="Number N of the list is one person.")] = None,
    apart: Annotated[int | None, typer.Option("--apart", help="Number N of the list is two people.")] = None,
    person: Annotated[str | None, typer.Option("--split", help="Somebody who is two: shows who they are.")] = None,
    undone: Annotated[int | None, typer.Option("--undo", help="Take back number N of --list.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show what was decided.")] = False,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Who may be one person under two names, and why; nobody is merged before you say so, unless it is sure."""

    async def do(home: Home, watch: Watch) -> None:
        for number, one in ((merged, True), (apart, False)):
            if number is not None:
                return await duplicates.settle(home, number, same=one, say=watch.say)
        if person is not None:
            return await duplicates.part(home, await meant(home, person), parted or (), say=watch.say)
        if undone is not None:
            return await duplicates.take_back(home, undone, say=watch.say)
        if listed:
            return await duplicates.listed(home, as_json=as_json)
        return await duplicates.offered(home, limit, as_json=as_json)

    run(do)


@app.command()
def tie(
    one: Annotated[str, typer.Argument(help="A name, an e-mail address or a LinkedIn URL; “me” is you.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As if it were that day, as 2026-11-22, and nothing later known.")
    ] = None,
    *,
    details: Details = False,
    as_json: Json = False,
) -> None:
    """What two people are to each other and why, how that came about by month, and what would change it."""
    day = _date(as_of) if as_of else None
    if day is not None and (why := unfit(day, today=today())):
        raise typer.BadParameter(why, param_hint="--as-of")

    async def do(home: Home, watch: Watch) -> None:
        home = await up_to_day(home, say=watch.say) if day is None else home
        ends = await meant(home, one), await meant(home, other)
        on = home.state.as_of if day is None else day_of(day)
        await drawn(home, *ends, on=on, details=details, as_json=as_json)

    run(do)


@app.command()
def refresh(
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day to speak of, as 2026-11-22; else today.")
    ] = None,
) -> None:
    """Bring every tie to today, or to another day."""
    day = _date(as_of)

    async def do(home: Home, watch: Watch) -> None:
        held = day != today()
        moved = await move_day(home.graph, home.network, as_of=day, held=held, say=watch.say, waits=watch.waits)
        await drop_old(home.graph, home.network, today=today(), say=watch.say, waits=watch.waits)
        terminal.line(f"Every tie is as of {on(moved.as_of)}.")

    run(do)


@app.command()
def demo(
    *,
    team: Annotated[bool, typer.Option("--team", help="Another one: of three colleagues, who ask the same.")] = False,
    serving: Annotated[bool, Serve] = True,
) -> None:
    """Load the sample network, invented from end to end, show an answer, a refusal and a lead, and serve it."""
    name, show_it = ("demo_team", demo_team.shown) if team else ("demo", shown)
    with served(settings.read(), name, serving=serving):
        run(show_it, network=name, make=True)


@app.command("doctor")
def doctor_command(*, as_json: Json = False) -> None:
    """Look at everything Tertius stands on, and say what is wrong and where the logs are."""
    facts = doctor.facts(settings.read())
    if as_json:
        terminal.data([{"name": fact.name, "ok": fact.ok, "says": fact.sentence} for fact in facts])
    for fact in facts if not as_json else ():
        terminal.line(f"{'ok  ' if fact.ok else 'LOOK'} {fact.name}: {fact.sentence}")
    end(0 if all(fact.ok for fact in facts) else FAILED)


def _told(progress: Progress) -> None:
    typer.echo(progress.says, err=True)
