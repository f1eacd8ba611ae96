"""Doctor."""

from tertius import console, settings
from tertius.doctor import machine
from tertius.runner import FAILED, Json, end


def doctor_command(*, as_json: Json = False) -> None:
    """Look at everything Tertius stands on, and say what is wrong and where the logs are."""
    facts = machine.facts(settings.read())
    if as_json:
        console.data([{"name": fact.name, "ok": fact.ok, "says": fact.sentence} for fact in facts])
    for fact in facts if not as_json else ():
        console.line(f"{'ok  ' if fact.ok else 'LOOK'} {fact.name}: {fact.sentence}")
    end(0 if all(fact.ok for fact in facts) else FAILED)
