import { signal } from "@preact/signals";
import { change, forgetAnswers, type Problem, read, toProblem } from "../api/client";
import { upload } from "../api/upload";
import { loadFrame } from "../app/frame";
import { createJob, type Job, readJob } from "../documents/loading";

export interface Options {
  ownerEmail: string;
  dataSubject: string;
  listKind: "" | "CONNECTIONS" | "CONTACTS" | "CANDIDATES";
}

/** A file on its way into the network. */
export interface Transfer {
  file: File;
  job: Job | null;
  sentBytes: number;
  /** When the present stage began, in milliseconds, for its rate. */
  stageSince: number;
  problem: Problem | null;
}

/** The files of the current load. They outlive the screen, so that a visit elsewhere does not stop them. */
export const transfers = signal<Transfer[]>([]);

const POLL_MS = 700;

export const isEnded = ({ job, problem }: Transfer): boolean =>
  problem !== null || job?.status === "DONE" || job?.status === "FAILED";

/** Loads files one after another: the service loads one at a time for each network. */
export async function loadFiles(files: File[], options: Options): Promise<void> {
  const begun = transfers.value.filter((transfer) => !isEnded(transfer)).length > 0;
  const added = files.map(
    (file): Transfer => ({ file, job: null, sentBytes: 0, stageSince: 0, problem: null }),
  );
  transfers.value = begun ? [...transfers.value, ...added] : added;
  for (const { file } of added) await loadFile(file, options);
}

async function loadFile(file: File, options: Options): Promise<void> {
  const set = (part: Partial<Transfer>) => {
    transfers.value = transfers.value.map((each) => (each.file === file ? { ...each, ...part } : each));
  };
  try {
    const { createLoadJob } = await change(createJob, {
      fileName: file.name,
      ownerEmail: options.ownerEmail.trim() || null,
      dataSubject: options.dataSubject.trim() || null,
      listKind: options.listKind || null,
    });
    let job: Job | null = createLoadJob.job;
    set({ job: { ...job, status: "RECEIVING" }, stageSince: performance.now() });
    await upload(job.uploadPath, file, (sentBytes) => set({ sentBytes }));
    while (job && job.status !== "DONE" && job.status !== "FAILED") {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const before: Job = job;
      job = (await read(readJob, { id: before.id }, true)).loadJob;
      if (!job) break;
      const isNewStage = job.stage !== before.stage || job.status !== before.status;
      set(isNewStage ? { job, stageSince: performance.now() } : { job });
    }
  } catch (error) {
    set({ problem: toProblem(error) });
  }
  forgetAnswers();
  void loadFrame();
}

/** The result of a load, the object that `tertius load --json` prints. */
export interface LoadResult {
  reports: LoadReport[];
  failures: { kind: string; message: string }[];
  unreadableFiles: string[];
  unrecognisedFiles: string[];
}

export interface LoadReport {
  sourceId: string;
  title: string;
  isChanged: boolean;
  interactionCount: number;
  connectionCount: number;
  rows: { read: number; merged: number; skipped: number; unreadable: number };
  skipped: { file: string; reason: string; count: number }[];
  badRows: { file: string; line: number; reason: string }[];
  badRowCount: number;
  notes: { file: string; text: string }[];
  network: { personCount: number; tieCount: number };
}

export function resultOf(job: Job): LoadResult | null {
  return job.result ? (JSON.parse(job.result) as LoadResult) : null;
}
