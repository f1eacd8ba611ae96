"""Load jobs: create one, upload the export, and poll until it is loaded."""

from enum import StrEnum
from typing import Annotated, Self

import strawberry

from api.context import Context, Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.request.list_bounds import MAX_REPORT_LINES, bounded
from api.graphql.types.node import Node
from graph.networks import load_jobs
from graph.networks.permissions import Operation
from operations.uploads.files import check_file_name
from sources.errors import InvalidColumnMap
from sources.tables.sheets import check_columns

_MAX_COLUMNS = 50
_MAX_HEADER_LENGTH = 200


@strawberry.enum(
    description="The state of a load job. EXPECTED: it waits for the upload. RECEIVING: the upload is under way. "
    "WAITING: it is queued. RUNNING: the export is being loaded. DONE: everything was loaded. FAILED: nothing, or only "
    "a part, was loaded; `report` lists the part."
)
class LoadJobStatus(StrEnum):
    EXPECTED = "expected"
    RECEIVING = "receiving"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@strawberry.enum(
    description="Whom a CSV of people lists. CONNECTIONS: people whom the viewer knows. CONTACTS: contacts of a "
    "company, or prospects. CANDIDATES: candidates."
)
class ListKind(StrEnum):
    CONNECTIONS = "connections"
    CONTACTS = "contacts"
    CANDIDATES = "candidates"


@strawberry.type(description="The load of one export. It survives a restart of the service.")
class LoadJob(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the job.")
    file_name: str = strawberry.field(description="The name of the file.")
    status: LoadJobStatus = strawberry.field(description="The state of the job.")
    upload_path: str = strawberry.field(
        description="The path to PUT the file to, with the same Authorization header, while the job is EXPECTED. HEAD "
        "states how many bytes of an upload that broke off are stored, and PATCH sends the rest."
    )
    stage: str | None = strawberry.field(
        description="The current stage, such as `reading`, `writing`, `people` or `ties`. Null unless the job is "
        "RUNNING."
    )
    completed_count: int = strawberry.field(description="The number of items of the stage that are processed.")
    total_count: int = strawberry.field(description="The number of items of the stage. 0 if unknown.")
    report: list[str] = strawberry.field(
        description=f"The load report in lines, {MAX_REPORT_LINES} at most. Empty until the job is DONE or FAILED, "
        "and if no load ran."
    )
    result: str | None = strawberry.field(
        description="The load report as JSON text, the object that `tertius load --json` prints. Null if no load ran."
    )
    error: str | None = strawberry.field(description="Why the job failed, in a sentence. Null unless it is FAILED.")

    @classmethod
    async def find(cls, info: Info, id: str) -> Self | None:
        """The viewer's job with this id."""
        jobs = await load_jobs.list_load_jobs(info.context.graph, info.context.viewer, id=id)
        return cls.from_job(jobs[0], info.context) if jobs else None

    @classmethod
    def from_job(cls, job: load_jobs.LoadJob, context: Context) -> Self:
        """A job of the viewer, with the progress of this process."""
        at = context.loads.running.get(job.id)
        return cls(
            id=strawberry.ID(job.id),
            file_name=job.name,
            status=LoadJobStatus(job.status.value),
            upload_path=f"/uploads/{job.id}",
            stage=at.stage if at else None,
            completed_count=at.done if at else 0,
            total_count=at.total if at else 0,
            report=bounded(job.report, MAX_REPORT_LINES),
            result=job.result,
            error=job.error,
        )


@strawberry.input(description="A column of a CSV.")
class ColumnInput:
    field: str = strawberry.field(
        description="What the column contains, such as `name`, `email`, `company`, `from`, `to` or `at`."
    )
    column: str = strawberry.field(description="The header of the column.")


@strawberry.input(description="The export to load.")
class CreateLoadJobInput(MutationInput):
    file_name: str = strawberry.field(description="The name of the file, a zip or a single file, without a folder.")
    owner_email: str | None = strawberry.field(
        default=None,
        description="The viewer's e-mail address in the export. Where the export has no addresses, the "
        "viewer's phone number or name in it. Null if the export states its owner.",
    )
    data_subject: str | None = strawberry.field(
        default=None,
        description="The name or address of the other person whose export it is. The service stores it as personal "
        "data of that person, and it gives the viewer no tie. Null if the export is the viewer's own.",
    )
    list_kind: ListKind | None = strawberry.field(
        default=None,
        description="Whom a CSV of people lists. Null if its columns show it: lists of unknown programs are then "
        "nobody's connections, and the report asks.",
    )
    columns: list[ColumnInput] | None = strawberry.field(
        default=None,
        description=f"Which column of a CSV has a field, {_MAX_COLUMNS} at most. Null if its headers show it.",
    )

    def stated_columns(self) -> tuple[str, ...]:
        """Each column as `field=column`. Raises InvalidArgument if they fit no kind of CSV."""
        columns = {each.field.strip().lower(): each.column.strip() for each in self.columns or ()}
        if len(columns) > _MAX_COLUMNS or any(
            not column or len(column) > _MAX_HEADER_LENGTH for column in columns.values()
        ):
            raise InvalidArgument(
                f"`columns` has {_MAX_COLUMNS} entries at most, with headers of 1 to {_MAX_HEADER_LENGTH} characters."
            )
        try:
            check_columns(columns)
        except InvalidColumnMap as error:
            raise InvalidArgument(str(error)) from None
        return tuple(f"{field}={column}" for field, column in columns.items())


@strawberry.type(description="The result of the creation of a load job.")
class CreateLoadJobPayload:
    job: LoadJob = strawberry.field(description="The new job.")


@strawberry.type
class JobsQuery:
    @query(description="Get one of the viewer's load jobs. Null if the viewer has no job with this id.")
    async def load_job(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The id of the job.")]
    ) -> LoadJob | None:
        return await LoadJob.find(info, id)

    @query(description="List the viewer's 20 newest load jobs, the newest first.")
    async def load_jobs(self, info: Info) -> list[LoadJob]:
        rows = await load_jobs.list_load_jobs(info.context.graph, info.context.viewer)
        return [LoadJob.from_job(job, info.context) for job in rows]


@strawberry.type
class JobsMutation:
    @mutation(
        description="Create a load job. PUT the file to `uploadPath`, then poll `loadJob`.",
        permission=Operation.CONTRIBUTE,
    )
    async def create_load_job(self, info: Info, input: CreateLoadJobInput) -> CreateLoadJobPayload:
        check_file_name(input.file_name)
        started = await load_jobs.create_load_job(
            info.context.graph,
            info.context.viewer,
            name=input.file_name,
            owner_address=input.owner_email,
            data_subject=input.data_subject,
            list_kind=input.list_kind.value if input.list_kind else None,
            columns=input.stated_columns(),
        )
        return CreateLoadJobPayload(job=LoadJob.from_job(started, info.context))
