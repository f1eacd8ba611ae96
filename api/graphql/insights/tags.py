"""The query `tags`, and the mutations that create, change and delete tags."""

from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.node import Node, find_by_id
from api.graphql.types.person import PersonRef
from graph.insights import tag_rules, tags
from graph.networks.permissions import Operation
from graph.records import Channel
from operations.insights.tags import change_tagged_people
from presentation.insights.tags import rule_text
from presentation.kinds import SourceKind
from presentation.sentences import least_strength

MAX_TAGGED_AT_ONCE = 50
"""Maximum number of people of one mutation: each is resolved by itself."""


@strawberry.type(description="A group of people that a member names.")
class Tag(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the tag, an input of `deleteTag`.")
    name: str = strawberry.field(description="The name of the tag.")
    is_own: bool = strawberry.field(description="Whether it is the viewer's. If false, another member shares it.")
    is_shared: bool = strawberry.field(description="Whether all members may use the tag.")
    people_count: int = strawberry.field(
        description="The number of people in the viewer's sources who are tagged or match the rule."
    )
    rule: str | None = strawberry.field(description="The rule in words. Null if the tag has none.")

    @classmethod
    def from_tag(cls, tag: tags.Tag) -> Self:
        return cls(
            id=strawberry.ID(tag.id),
            name=tag.name,
            is_own=tag.is_own,
            is_shared=tag.is_shared,
            people_count=len(tag.people),
            rule=rule_text(tag.rule) if tag.rule else None,
        )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The tags that the viewer may use."""
        return [cls.from_tag(tag) for tag in await tags.list_tags(info.context.graph, info.context.viewer)]


@strawberry.input(description="The tag to create.")
class CreateTagInput(MutationInput):
    name: str = strawberry.field(description=f"The name: 1 to {tags.MAX_TAG_LENGTH} characters. It ignores case.")
    is_shared: bool = strawberry.field(default=False, description="Whether all members may use the tag.")


@strawberry.input(description="A tag, and the people to tag or untag.")
class TagPeopleInput(MutationInput):
    tag: str = strawberry.field(description="The name of a tag of the viewer. `tagPeople` creates a missing one.")
    people: list[PersonRef] = strawberry.field(description=f"The people, {MAX_TAGGED_AT_ONCE} at most.")
    is_shared: bool | None = strawberry.field(
        default=None, description="Whether all members may use the tag. Null keeps it as it is; a new tag is private."
    )


@strawberry.input(
    description="A tag, and whom its rule matches: people who match one value of each list that is not empty. Without "
    "values the tag has no rule."
)
class SetTagRuleInput(MutationInput):
    tag: str = strawberry.field(description="The name of a tag of the viewer. A missing one is created.")
    companies: list[str] = strawberry.field(
        default_factory=list,
        description=f"Names of present employers, or the beginning of them, {tag_rules.MAX_RULE_VALUES} at most.",
    )
    domains: list[str] = strawberry.field(
        default_factory=list, description=f"Domains of e-mail addresses, {tag_rules.MAX_RULE_VALUES} at most."
    )
    channels: list[Channel] = strawberry.field(
        default_factory=list, description="Channels on which the viewer and the person had contact."
    )
    source_kinds: list[SourceKind] = strawberry.field(
        default_factory=list, description="Kinds of sources in view that name the person."
    )
    groups: list[str] = strawberry.field(
        default_factory=list,
        description="Groups in the viewer's sources: labels and categories of address books, Slack channels such as "
        "`#board`.",
    )
    schools: list[str] = strawberry.field(
        default_factory=list,
        description="Names of present or former schools, or words of these names, "
        f"{tag_rules.MAX_RULE_VALUES} at most.",
    )
    studied_from: int | None = strawberry.field(
        default=None, description="The earliest year of studies that count, 1900 to 2100. Null for no limit."
    )
    studied_until: int | None = strawberry.field(
        default=None, description="The latest year of studies that count, 1900 to 2100. Null for no limit."
    )
    min_strength_label: StrengthLabel | None = strawberry.field(
        default=None, description="The least strength of the person's tie to the viewer. Null for any person."
    )


@strawberry.input(description="The groups to import.")
class ImportTagsInput(MutationInput):
    groups: list[str] = strawberry.field(
        default_factory=list, description="Only groups of these names. Empty for all groups of the viewer."
    )


@strawberry.type(description="The result of the import of tags.")
class ImportTagsPayload:
    created_count: int = strawberry.field(description="The number of tags that were created.")


@strawberry.input(description="The tag to delete.")
class DeleteTagInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="An id from `tags`.")


@strawberry.type(description="The result of the creation of a tag.")
class CreateTagPayload:
    tag: Tag | None = strawberry.field(description="The tag. Null if it was deleted in the meantime.")
    is_new: bool = strawberry.field(
        description="Whether the mutation created the tag. If false, the viewer had a tag with this name, whose people "
        "and rule stay."
    )


@strawberry.type(description="The result of a change to the rule of a tag.")
class SetTagRulePayload:
    tag: Tag | None = strawberry.field(description="The tag. Null if it was deleted in the meantime.")
    is_new: bool = strawberry.field(description="Whether the mutation created the tag.")
    replaced_rule: str | None = strawberry.field(
        description="The rule in words that the mutation replaced or removed. Null if the tag had none or the same."
    )


@strawberry.type(description="The result of a change to a tag.")
class TagPayload:
    tag: Tag | None = strawberry.field(description="The tag. Null if it was deleted in the meantime.")


@strawberry.type(description="The result of the deletion of a tag.")
class DeleteTagPayload:
    deleted_tag_id: strawberry.ID | None = strawberry.field(
        description="The id of the tag. Null if the viewer has no tag with this id."
    )


@strawberry.type
class TagsQuery:
    @query(
        description="List the tags that the viewer may use: the viewer's, then those that other members share.", cost=50
    )
    async def tags(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Tag]:
        return Connection[Tag].from_list(page(first, after), await Tag.list_all(info))


@strawberry.type
class TagsMutation:
    @mutation(
        description="Create a tag of the viewer, or change whether the tag with this name is shared.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=10,
    )
    async def create_tag(self, info: Info, input: CreateTagInput) -> CreateTagPayload:
        created = await tags.create_tag(info.context.graph, info.context.viewer, input.name, is_shared=input.is_shared)
        return CreateTagPayload(tag=await find_by_id(Tag.list_all(info), created.id), is_new=created.is_new)

    @mutation(description="Tag people with a tag of the viewer.", permission=Operation.MANAGE_OWN_DATA, cost=50)
    async def tag_people(self, info: Info, input: TagPeopleInput) -> TagPayload:
        return await _change(info, input, tagged=True)

    @mutation(description="Remove a tag of the viewer from people.", permission=Operation.MANAGE_OWN_DATA, cost=50)
    async def untag_people(self, info: Info, input: TagPeopleInput) -> TagPayload:
        return await _change(info, input, tagged=False)

    @mutation(
        description="Replace the rule of a tag of the viewer. The rule is evaluated whenever the tag is used.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def set_tag_rule(self, info: Info, input: SetTagRuleInput) -> SetTagRulePayload:
        label = input.min_strength_label
        rule = tag_rules.TagRule(
            tuple(input.companies),
            tuple(input.domains),
            tuple(channel.value for channel in input.channels),
            tuple(kind.value for kind in input.source_kinds),
            None if label is None else least_strength(label.value),
            tuple(input.groups),
            tuple(input.schools),
            input.studied_from,
            input.studied_until,
        )
        change = await tags.set_tag_rule(info.context.graph, info.context.viewer, input.tag, rule)
        return SetTagRulePayload(
            tag=await find_by_id(Tag.list_all(info), change.id),
            is_new=change.is_new,
            replaced_rule=rule_text(change.replaced_rule) if change.replaced_rule else None,
        )

    @mutation(
        description="Create a tag for each group in the viewer's address books and Slack exports that has none. "
        "Its rule is the group.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def import_tags(self, info: Info, input: ImportTagsInput) -> ImportTagsPayload:
        created = await tags.import_tags(info.context.graph, info.context.viewer, input.groups)
        return ImportTagsPayload(created_count=len(created))

    @mutation(description="Delete a tag of the viewer.", permission=Operation.MANAGE_OWN_DATA, cost=10)
    async def delete_tag(self, info: Info, input: DeleteTagInput) -> DeleteTagPayload:
        deleted = await tags.delete_tag(info.context.graph, info.context.viewer, str(input.id))
        return DeleteTagPayload(deleted_tag_id=input.id if deleted else None)


async def _change(info: Info, input: TagPeopleInput, *, tagged: bool) -> TagPayload:
    if not 1 <= len(input.people) <= MAX_TAGGED_AT_ONCE:
        raise InvalidArgument(f"`people` has 1 to {MAX_TAGGED_AT_ONCE} entries.")
    people = [person.reference() for person in input.people]
    tag = await change_tagged_people(info.context.session, input.tag, people, tagged=tagged, is_shared=input.is_shared)
    return TagPayload(tag=Tag.from_tag(tag) if tag else None)
