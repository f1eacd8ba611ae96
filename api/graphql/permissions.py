"""What a document asks to be allowed: looked up for each of its questions, before any is answered."""

from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, OperationType, get_operation_ast
from strawberry.extensions import SchemaExtension

from api.graphql.documents import questions
from api.http.errors import FORBIDDEN
from graph.errors import PermissionDenied
from graph.networks.permissions import Operation, check_permission

ACTS = {
    "tokens": Operation.MANAGE_OWN_ACCOUNT,
    "createToken": Operation.MANAGE_OWN_ACCOUNT,
    "revokeToken": Operation.MANAGE_OWN_ACCOUNT,
    "leave": Operation.MANAGE_OWN_ACCOUNT,
    "callMe": Operation.MANAGE_OWN_ACCOUNT,
    "invitations": Operation.MANAGE_MEMBERS,
    "invite": Operation.MANAGE_MEMBERS,
    "withdrawInvitation": Operation.MANAGE_MEMBERS,
    "changeRole": Operation.MANAGE_MEMBERS,
    "removeMember": Operation.MANAGE_MEMBERS,
    "forgetPerson": Operation.MANAGE_MEMBERS,
    "audit": Operation.MANAGE_OWNERS,
    "setPrivacy": Operation.MANAGE_OWNERS,
    "setOnLeave": Operation.MANAGE_OWNERS,
    "loadExport": Operation.CONTRIBUTE,
    "state": Operation.CONTRIBUTE,
    "merge": Operation.CONTRIBUTE,
    "keepApart": Operation.CONTRIBUTE,
    "split": Operation.CONTRIBUTE,
    "conceal": Operation.CONTRIBUTE,
    "exportPerson": Operation.CONTRIBUTE,
    "noticesDue": Operation.CONTRIBUTE,
    "markNoticed": Operation.CONTRIBUTE,
    "undoNoticed": Operation.CONTRIBUTE,
    "removeSource": Operation.WITHDRAW,
    "withdraw": Operation.WITHDRAW,
    "undoDecision": Operation.WITHDRAW,
    "setSharing": Operation.WITHDRAW,
    "unconceal": Operation.WITHDRAW,
    "notARoute": Operation.WITHDRAW,
    "undoNotARoute": Operation.WITHDRAW,
    "askToReveal": Operation.WITHDRAW,
    "agreeToReveal": Operation.WITHDRAW,
    "declineToReveal": Operation.WITHDRAW,
    "setReveal": Operation.MANAGE_OWNERS,
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
                    check_permission(act, context.holder.role, context.holder.scopes)
            except PermissionDenied as error:
                context.response.status_code = 403
                raise GraphQLError(str(error), extensions={"code": FORBIDDEN}) from error
        yield


def acts(document: DocumentNode, name: str | None) -> set[Operation]:
    """What the operation of this name, or the only one, does."""
    operation = get_operation_ast(document, name)
    ask = operation is None or operation.operation is OperationType.QUERY
    return {
        ACTS.get(one.name.value, Operation.ASK if ask else Operation.MANAGE_OWNERS)
        for one in questions(document, operation)
    }
