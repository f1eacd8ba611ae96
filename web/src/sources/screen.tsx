import { useEffect, useState } from "preact/hooks";
import { change } from "../api/client";
import { type Later, usePages } from "../api/use-pages";
import { loadFrame } from "../app/frame";
import { say } from "../app/notes";
import { session } from "../app/session";
import { useAction } from "../app/use-action";
import {
  ConfirmDialog,
  Empty,
  Field,
  More,
  nameOfSource,
  ProblemNote,
  ScreenTitle,
  submitting,
  Waiting,
} from "../design/parts";
import type { Source } from "../documents/fragments";
import { listSources, removeSource } from "../documents/loading";
import { formatDay, text } from "../strings";
import { DropZone, isTooLarge } from "./drop-zone";
import { isEnded, loadFiles, type Options, resultOf, transfers } from "./loading";
import { LEVELS, ShareDialog } from "./share-dialog";
import { JobReport, TransferCard } from "./transfer-card";
import "./sources.css";

export default function SourcesScreen() {
  const { data, nodes, later, problem, isLoading, reload } = usePages(
    listSources,
    {},
    (data) => data.sources,
  );
  const [files, setFiles] = useState<File[]>([]);
  const [options, setOptions] = useState<Options>({ ownerEmail: "", dataSubject: "", listKind: "" });
  const [wanted, setWanted] = useState<Source["sharingLevel"]>("PRIVATE");
  const [toShare, setToShare] = useState<
    { id: string; title: string; sharingLevel: Source["sharingLevel"] }[]
  >([]);
  const canLoad = session.value?.viewer?.role !== "ASKER";
  const refresh = async () => {
    await Promise.all([reload(), loadFrame()]);
  };

  const load = async () => {
    const chosen = files.filter((file) => !isTooLarge(file));
    setFiles([]);
    await loadFiles(chosen, options);
    await refresh();
    if (wanted === "PRIVATE") return;
    const loaded = transfers.value
      .filter(({ file }) => chosen.includes(file))
      .flatMap(({ job }) => (job ? (resultOf(job)?.reports ?? []) : []));
    setToShare(loaded.map(({ sourceId, title }) => ({ id: sourceId, title, sharingLevel: "PRIVATE" })));
  };
  const [first, ...rest] = toShare;
  return (
    <>
      <ScreenTitle lead={canLoad ? text.sources.lead : text.ask.empty.askerLead}>
        {text.sources.title}
      </ScreenTitle>
      {canLoad && (
        <>
          <DropZone onFiles={(added) => setFiles((before) => [...before, ...added])} />
          {files.length > 0 && (
            <form class="card stack" onSubmit={submitting(load)}>
              <FileList files={files} onChange={setFiles} />
              <fieldset class="field">
                <legend>{text.sources.sharing}</legend>
                <span class="soft small">{text.sources.sharingHint}</span>
                {LEVELS.map((level) => (
                  <label key={level} class="choice">
                    <input
                      type="radio"
                      name="wanted"
                      checked={wanted === level}
                      onChange={() => setWanted(level)}
                    />
                    {text.sources.levels[level]}
                  </label>
                ))}
              </fieldset>
              <LoadOptions options={options} onChange={setOptions} />
              <div class="row">
                <button type="submit" class="button primary" disabled={files.every(isTooLarge)}>
                  {text.sources.load(files.filter((file) => !isTooLarge(file)).length)}
                </button>
                <button type="button" class="button" onClick={() => setFiles([])}>
                  {text.cancel}
                </button>
              </div>
            </form>
          )}
        </>
      )}
      <Transfers />
      {isLoading && <Waiting />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {data && (
        <SourceList sources={nodes} later={later} hasController={!!data.privacySettings} onChange={refresh} />
      )}
      {data?.loadJobs && data.loadJobs.length > 0 && (
        <details>
          <summary class="disclosure soft">{text.sources.recent}</summary>
          <ul class="stack">
            {data.loadJobs.map((job) => (
              <li key={job.id} class="card stack-tight">
                <div class="row between">
                  <span class="person-name">{job.fileName}</span>
                  <span class="badge">{text.sources.steps[job.status]}</span>
                </div>
                {job.error && <p class="small">{job.error}</p>}
                <JobReport job={job} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {first && data && (
        <ShareDialog
          key={first.id}
          source={first}
          wanted={wanted}
          hasController={!!data.privacySettings}
          onClose={() => setToShare(rest)}
          onChange={refresh}
        />
      )}
    </>
  );
}

function Transfers() {
  const current = transfers.value;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (transfers.value.some((transfer) => !isEnded(transfer))) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  if (current.length === 0) return null;
  const isDone = current.every(isEnded) && current.some(({ job }) => job?.status === "DONE");
  return (
    <>
      <ul class="stack" aria-live="polite">
        {current.map((transfer) => (
          <TransferCard key={transfer.file.name + transfer.file.lastModified} transfer={transfer} />
        ))}
      </ul>
      {isDone && (
        <div class="row">
          <a class="button primary" href="/">
            {text.sources.report.ask}
          </a>
        </div>
      )}
    </>
  );
}

function FileList({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  return (
    <ul>
      {files.map((file) => (
        <li key={file.name + file.lastModified} class="row between">
          <span>
            {file.name} <span class="soft small">{text.sources.bytes(file.size)}</span>
            {isTooLarge(file) && <span class="small"> {text.sources.tooLarge}</span>}
          </span>
          <button
            type="button"
            class="button quiet icon"
            aria-label={text.sources.remove(file.name)}
            onClick={() => onChange(files.filter((each) => each !== file))}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

function LoadOptions({ options, onChange }: { options: Options; onChange: (options: Options) => void }) {
  const kinds = Object.entries(text.sources.listKinds) as [Options["listKind"], string][];
  return (
    <details>
      <summary class="disclosure soft small">{text.sources.options}</summary>
      <div class="stack">
        <Field
          label={text.sources.owner}
          hint={text.sources.ownerHint}
          value={options.ownerEmail}
          onInput={(ownerEmail) => onChange({ ...options, ownerEmail })}
        />
        <Field
          label={text.sources.dataSubject}
          hint={text.sources.dataSubjectHint}
          value={options.dataSubject}
          onInput={(dataSubject) => onChange({ ...options, dataSubject })}
        />
        <label class="field">
          <span>{text.sources.listKind}</span>
          <select
            value={options.listKind}
            onChange={(event) =>
              onChange({ ...options, listKind: event.currentTarget.value as Options["listKind"] })
            }
          >
            {kinds.map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}

function SourceList(props: {
  sources: Source[];
  later: Later;
  hasController: boolean;
  onChange: () => Promise<void>;
}) {
  const { sources, later, hasController, onChange } = props;
  const [shared, setShared] = useState<Source | null>(null);
  const [removed, setRemoved] = useState<Source | null>(null);
  const words = text.sources.list;
  return (
    <section class="stack-tight" aria-labelledby="loaded">
      <h2 id="loaded">{words.title}</h2>
      {sources.length === 0 && <Empty title={words.empty} />}
      <ul class="people-list">
        {sources.map((source) => (
          <li key={source.id} class="row between">
            <span class="person-text">
              <span class="person-name">
                {nameOfSource(source)}
                {!source.isOwn && <span class="soft"> {words.of(source.ownerName)}</span>}
              </span>
              <span class="small soft">
                {[
                  source.coverageUntil && words.until(formatDay(source.coverageUntil)),
                  source.loadedOn && words.loaded(formatDay(source.loadedOn)),
                  source.status !== "READY" && words.status[source.status],
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <span class="row">
              {source.isStale && (
                <span class="badge" data-kind="warn">
                  {words.stale}
                </span>
              )}
              <span class="badge" data-kind={source.sharingLevel === "PRIVATE" ? undefined : "good"}>
                {text.sources.levelNames[source.sharingLevel]}
              </span>
              {source.isOwn && source.kind !== "STATEMENTS" && (
                <>
                  <button type="button" class="button small" onClick={() => setShared(source)}>
                    {words.share}
                  </button>
                  <button type="button" class="button small" onClick={() => setRemoved(source)}>
                    {words.remove}
                  </button>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <More later={later} />
      {shared && (
        <ShareDialog
          source={shared}
          hasController={hasController}
          onClose={() => setShared(null)}
          onChange={onChange}
        />
      )}
      {removed && <RemoveDialog source={removed} onClose={() => setRemoved(null)} onChange={onChange} />}
    </section>
  );
}

function RemoveDialog(props: { source: Source; onClose: () => void; onChange: () => Promise<void> }) {
  const { source, onClose, onChange } = props;
  const action = useAction();
  const remove = () =>
    action.run(async () => {
      await change(removeSource, { id: source.id });
      say(text.sources.removal.removed);
      await onChange();
      onClose();
    });
  return (
    <ConfirmDialog
      title={text.sources.removal.title(source.title)}
      lead={text.sources.removal.lead}
      confirm={text.sources.removal.confirm}
      action={action}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}
