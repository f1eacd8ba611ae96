"""What a document asks to be allowed: looked up for each of its questions, before any is answered."""

from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, OperationType, get_operation_ast
from strawberry.extensions import SchemaExtension

from api.graphql.documents import questions
from api.http.errors import FORBIDDEN
from graph.errors import PermissionDenied
from graph.networks.permissions import Act, check

ACTS = {
    "tokens": Act.OWN_ACCOUNT,
    "createToken": Act.OWN_ACCOUNT,
    "revokeToken": Act.OWN_ACCOUNT,
    "leave": Act.OWN_ACCOUNT,
    "callMe": Act.OWN_ACCOUNT,
    "invitations": Act.MEMBERS,
    "invite": Act.MEMBERS,
    "withdrawInvitation": Act.MEMBERS,
    "changeRole": Act.MEMBERS,
    "removeMember": Act.MEMBERS,
    "forgetPerson": Act.MEMBERS,
    "audit": Act.OWNERS,
    "setPrivacy": Act.OWNERS,
    "setOnLeave": Act.OWNERS,
    "loadExport": Act.BRING,
    "state": Act.BRING,
    "merge": Act.BRING,
    "keepApart": Act.BRING,
    "split": Act.BRING,
    "conceal": Act.BRING,
    "exportPerson": Act.BRING,
    "noticesDue": Act.BRING,
    "markNoticed": Act.BRING,
    "undoNoticed": Act.BRING,
    "removeSource": Act.TAKE_BACK,
    "withdraw": Act.TAKE_BACK,
    "undoDecision": Act.TAKE_BACK,
    "setSharing": Act.TAKE_BACK,
    "unconceal": Act.TAKE_BACK,
    "notARoute": Act.TAKE_BACK,
    "undoNotARoute": Act.TAKE_BACK,
    "askToReveal": Act.TAKE_BACK,
    "agreeToReveal": Act.TAKE_BACK,
    "declineToReveal": Act.TAKE_BACK,
    "setReveal": Act.OWNERS,
}
"""What is more than a question. A change that does not stand here is an owner's; a test misses it."""


class Allowed(SchemaExtension):
    """Refuses what the token was not made for, or the member's role does not allow: the whole request, with a 403."""

    def on_execute(self) -> Iterator[None]:
        """Look at what is asked."""
        asked, context = self.execution_context, self.execution_context.context
        if asked.graphql_document is not None:
            try:
                for act in acts(asked.graphql_document, asked.operation_name):
                    check(act, context.holder.role, context.holder.scopes)
            except PermissionDenied as error:
                context.response.status_code = 403
                raise GraphQLError(str(error), extensions={"code": FORBIDDEN}) from error
        yield


def acts(document: DocumentNode, name: str | None) -> set[Act]:
    """What the operation of this name, or the only one, does."""
    operation = get_operation_ast(document, name)
    ask = operation is None or operation.operation is OperationType.QUERY
    return {ACTS.get(one.name.value, Act.ASK if ask else Act.OWNERS) for one in questions(document, operation)}
