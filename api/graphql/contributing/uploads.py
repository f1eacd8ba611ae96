"""Loads asked for over the API: an export is announced, uploaded, loaded when its turn comes, and told of."""

from enum import StrEnum
from typing import Annotated, Self

import strawberry

from api.context import Context, Info
from graph.networks import upload_jobs as jobs


@strawberry.enum(
    description="How far a load is: its upload expected or on its way, its turn awaited, loading, or ended well or ill."
)
class JobStatus(StrEnum):
    EXPECTED = "expected"
    RECEIVING = "receiving"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@strawberry.type(description="The load of one upload. It survives the service's end: ask for it again by its id.")
class Job:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    name: str = strawberry.field(description="The file's name as it was announced.")
    status: JobStatus = strawberry.field(description="How far it is.")
    upload: str = strawberry.field(
        description="Where to PUT the file's bytes, with the same Authorization, while it is expected."
    )
    stage: str | None = strawberry.field(description="What is being done now, while it is running.")
    done: int = strawberry.field(description="How many things of that stage are done.")
    total: int = strawberry.field(description="Of how many; 0 where nobody can tell.")
    told: list[str] = strawberry.field(description="What the load did, in lines for people, once it is done.")
    failed: str | None = strawberry.field(description="Why it did not end well, in a sentence.")

    @classmethod
    def of(cls, job: jobs.UploadJob, context: Context) -> Self:
        """A job as its own member may see it."""
        at = context.loads.running.get(job.id)
        return cls(
            id=strawberry.ID(job.id),
            name=job.name,
            status=JobStatus(job.status.value),
            upload=f"/uploads/{job.id}",
            stage=at.stage if at else None,
            done=at.done if at else 0,
            total=at.total if at else 0,
            told=list(job.report),
            failed=job.error,
        )


@strawberry.type
class JobsQuery:
    @strawberry.field(description="One of the viewer's loads; none where it is nobody's or another's.")
    async def job(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="As `loadExport` gave it.")],
    ) -> Job | None:
        found = await jobs.list_upload_jobs(info.context.graph, info.context.viewer, id=id)
        return Job.of(found[0], info.context) if found else None

    @strawberry.field(description="The viewer's last twenty loads, newest first.")
    async def jobs(self, info: Info) -> list[Job]:
        return [
            Job.of(job, info.context) for job in await jobs.list_upload_jobs(info.context.graph, info.context.viewer)
        ]


@strawberry.type
class JobsMutation:
    @strawberry.mutation(
        description="Announce an export: a zip, or a single file. PUT its bytes to `upload`; then poll `job`."
    )
    async def load_export(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="The file's name.")],
        owner: Annotated[
            str | None,
            strawberry.argument(description="E-mail address of whose export it is, where the export does not say."),
        ] = None,
    ) -> Job:
        started = await jobs.create_upload_job(info.context.graph, info.context.viewer, name=name, owner_address=owner)
        return Job.of(started, info.context)
