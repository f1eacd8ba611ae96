"""The JSON Schemas of the results of the tools."""

from typing import Any

from api.mcp.output_schemas import Definitions, JsonSchema, fields_schema, nullable, object_schema
from graph.introductions.target_answer import TargetOutcome

_TEXT: JsonSchema = {"type": "string"}
_NUMBER: JsonSchema = {"type": "number"}
_INTEGER: JsonSchema = {"type": "integer"}
_BOOLEAN: JsonSchema = {"type": "boolean"}
_DAY: JsonSchema = {"type": "string", "format": "date"}


def introductions_schema() -> JsonSchema:
    """The result of find_introductions."""
    return object_schema("IntroductionsAnswer")


def person_schema() -> JsonSchema:
    """The result of resolve_person."""
    return object_schema("PersonAnswer")


def tie_schema() -> JsonSchema:
    """The result of tie."""
    return object_schema("TieAnswer", with_fields=frozenset({("Tie", "history")}))


def company_schema() -> JsonSchema:
    """The result of company_reach."""
    return object_schema("Company")


def fading_ties_schema() -> JsonSchema:
    """The result of fading_ties."""
    definitions = Definitions()
    return _object(definitions, fadingTies=_list(definitions.reference("FadingTie")))


def requests_schema() -> JsonSchema:
    """The result of request_status."""
    definitions = Definitions()
    return _object(definitions, introductionRequests=_list(definitions.reference("IntroductionRequest")))


def sources_schema() -> JsonSchema:
    """The result of source_coverage."""
    definitions = Definitions()
    listed = _list(definitions.reference("Source"))
    return _object(definitions, asOf=_DAY, isUpToDate=_BOOLEAN, sources=listed)


def target_list_schema() -> JsonSchema:
    """The result of target_list: the object that `POST /targets` returns, without addresses of introducers."""
    definitions = Definitions()
    someone, candidate = definitions.reference("Person"), definitions.reference("Candidate")
    label, reason = definitions.reference("StrengthLabel"), definitions.reference("Reason")
    step = fields_schema({"fromPerson": someone, "toPerson": someone, "strengthLabel": nullable(label)})
    route = fields_schema(
        {
            "introducers": _list(someone),
            "firstIntroducer": someone,
            "summary": _TEXT,
            "score": nullable(_NUMBER),
            "scoreLabel": nullable(label),
            "weakestStep": step,
            "startsAtColleague": _BOOLEAN,
            "lastContact": nullable(_DAY),
            "messageToForward": _TEXT,
        }
    )
    row = fields_schema(
        {
            "line": _INTEGER,
            "cells": _list(_list(_TEXT)),
            "rank": nullable(_INTEGER),
            "outcome": {"enum": [outcome.name for outcome in TargetOutcome]},
            "target": nullable(someone),
            "tie": nullable(
                fields_schema(
                    {
                        "strength": nullable(_NUMBER),
                        "strengthLabel": nullable(label),
                        "isAsleep": _BOOLEAN,
                        "isUnreachable": _BOOLEAN,
                    }
                )
            ),
            "route": nullable(route),
            "withheldStrengthLabel": nullable(label),
            "message": nullable(_TEXT),
            "reason": nullable(reason),
            "suggestion": nullable(_TEXT),
            "asleepIntroducers": _list(definitions.reference("AsleepIntroducer")),
            "unreachableIntroducers": _list(definitions.reference("UnreachableIntroducer")),
            "candidates": _list(candidate),
        }
    )
    counts = fields_schema({outcome.name: _INTEGER for outcome in TargetOutcome})
    return _object(definitions, asOf=_DAY, counts=counts, notes=_list(_TEXT), targets=_list(row))


def _list(items: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": items}


def _object(definitions: Definitions, **fields: Any) -> JsonSchema:
    return fields_schema(fields) | {"$defs": definitions.schemas}
