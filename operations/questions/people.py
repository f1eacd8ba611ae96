"""The use case "who is this?"."""

from graph.answers import AmbiguousTarget, UnknownTarget
from graph.lookup.resolve import PersonReference, ResolvedTarget, resolve_reference
from graph.privacy.audit_log import AuditAction
from operations.ask import record_question_about
from operations.session import Session


async def resolve_person_reference(
    session: Session, reference: PersonReference
) -> ResolvedTarget | AmbiguousTarget | UnknownTarget:
    """Resolve a reference to a person, and write the audit entry before the person is returned."""
    resolved = await resolve_reference(session.graph, session.viewer, reference)
    if isinstance(resolved, ResolvedTarget):
        await record_question_about(session, AuditAction.PERSON, resolved.person.id)
    return resolved
