"""Reports about the viewer's network as JSON, with the fields of the GraphQL schema."""

from collections.abc import Iterable, Sequence

from graph.insights.health import (
    ConnectionClass,
    ConnectionCounts,
    ConnectionGroup,
    ContactConcentration,
    NetworkHealth,
    QuarterHealth,
)
from graph.insights.listed_people import ListedPerson
from graph.insights.measures.origins import InvitationAcceptance
from graph.insights.measures.reach import Reach
from presentation.answer_json import Data, day_text, label, person_data
from presentation.insights.health_sentences import (
    acceptance_message,
    class_reason,
    concentration_message,
    group_name,
    noise_message,
)


def health_data(health: NetworkHealth, quarters: Sequence[QuarterHealth], reach: Reach) -> Data:
    """The health of the network, as the query `networkHealth` returns it."""
    return {
        "__typename": "NetworkHealth",
        "asOf": day_text(health.as_of),
        "counts": connection_counts_data(health.counts),
        "message": noise_message(health),
        "innerCircle": [listed_person_data(one, ConnectionClass.STRONG) for one in health.inner_circle],
        "duplicatesInContactCount": health.duplicates_in_contact,
        "groups": [_group(group) for group in health.groups],
        "concentration": _concentration(health.concentration),
        "acceptance": [_acceptance(one) for one in health.acceptance],
        "reach": [
            {"__typename": "ReachCount", "introducerCount": introducers, "peopleCount": count}
            for introducers, count in reach.counts().items()
        ],
        "quarters": [_quarter(quarter) for quarter in quarters],
    }


def connection_counts_data(counts: ConnectionCounts) -> Data:
    """The numbers of connections by class."""
    by_class = counts.by_class
    return {
        "__typename": "ConnectionCounts",
        "total": counts.total,
        "strong": by_class[ConnectionClass.STRONG],
        "mutual": by_class[ConnectionClass.MUTUAL],
        "theyReachOut": by_class[ConnectionClass.THEY_REACH_OUT],
        "youReachOut": by_class[ConnectionClass.YOU_REACH_OUT],
        "goneCold": by_class[ConnectionClass.GONE_COLD],
        "never": by_class[ConnectionClass.NEVER],
        "noiseRatio": counts.noise_ratio,
    }


def listed_person_data(one: ListedPerson, known: ConnectionClass) -> Data:
    """A connection with its class, as the query `listedPeople` returns it."""
    return {
        "__typename": "ListedPerson",
        "person": person_data(one.person),
        "class": known.name,
        "reason": class_reason(one, known),
        "listedOn": day_text(one.listed_on),
        "firstContact": day_text(one.first_contact),
        "lastContact": day_text(one.last_contact),
        "outboundCount": one.outwards.count,
        "inboundCount": one.inwards.count,
        "strengthLabel": label(one.strength),
        "coverageUntil": day_text(one.coverage_until),
    }


def listed_people_data(people: Iterable[tuple[ListedPerson, ConnectionClass]]) -> list[Data]:
    """The nodes of `listedPeople`."""
    return [listed_person_data(one, known) for one, known in people]


def _group(group: ConnectionGroup) -> Data:
    return {
        "__typename": "ConnectionGroup",
        "dimension": group.dimension.name,
        "name": group_name(group),
        "counts": connection_counts_data(group.counts),
    }


def _acceptance(acceptance: InvitationAcceptance) -> Data:
    return {
        "__typename": "InvitationAcceptance",
        "isSent": acceptance.is_sent,
        "hasNote": acceptance.has_note,
        "count": acceptance.count,
        "acceptedCount": acceptance.accepted,
        "share": acceptance.share,
        "message": acceptance_message(acceptance),
    }


def _quarter(quarter: QuarterHealth) -> Data:
    return {
        "__typename": "QuarterHealth",
        "asOf": day_text(quarter.day),
        "counts": connection_counts_data(quarter.counts),
    }


def _concentration(concentration: ContactConcentration) -> Data:
    return {
        "__typename": "ContactConcentration",
        "peopleCount": concentration.people,
        "peopleForHalfCount": concentration.people_for_half,
        "topShare": concentration.top_share,
        "message": concentration_message(concentration),
    }
