import { ProblemNote } from "../design/parts";
import type { Job } from "../documents/loading";
import { formatNumber, text } from "../strings";
import { type LoadReport, resultOf, type Transfer } from "./loading";

/** One file of the load: its progress, and afterwards its report. */
export function TransferCard({ transfer }: { transfer: Transfer }) {
  const { file, job, problem } = transfer;
  const status = job?.status ?? "EXPECTED";
  const kind = status === "DONE" ? "good" : status === "FAILED" || problem ? "broken" : undefined;
  return (
    <li class="card stack-tight">
      <div class="row between">
        <span class="person-name">{file.name}</span>
        <span class="badge" data-kind={kind}>
          {problem ? text.sources.steps.FAILED : text.sources.steps[status]}
        </span>
      </div>
      <ProblemNote problem={problem} />
      {!problem && job && (status === "RECEIVING" || status === "RUNNING" || status === "WAITING") && (
        <Progress transfer={transfer} job={job} />
      )}
      {job?.error && (
        <p class="notice" data-kind="problem">
          {job.error}
        </p>
      )}
      {job && <JobReport job={job} />}
    </li>
  );
}

function Progress({ transfer: { file, sentBytes, stageSince }, job }: { transfer: Transfer; job: Job }) {
  const isUpload = job.status === "RECEIVING";
  const [done, total] = isUpload ? [sentBytes, file.size] : [job.completedCount, job.totalCount];
  const seconds = (performance.now() - stageSince) / 1000;
  const format = isUpload ? text.sources.bytes : formatNumber;
  const stage = isUpload
    ? text.sources.steps.RECEIVING
    : (text.sources.stages[job.stage ?? ""] ?? job.stage ?? "");
  return (
    <div class="stack-tight">
      <progress
        aria-label={stage || text.sources.steps[job.status]}
        {...(total ? { value: done, max: total } : {})}
      />
      <p class="small soft">
        {stage}
        {total > 0 && ` · ${text.sources.progress(format(done), format(total))}`}
        {done > 0 && seconds > 1 && ` · ${text.sources.rate(format(Math.round(done / seconds)))}`}
      </p>
    </div>
  );
}

/** The report of a finished job: what was read, and each skipped row with its reason. */
export function JobReport({ job }: { job: Job }) {
  const result = resultOf(job);
  if (!result) return null;
  const unread = [...result.unreadableFiles, ...result.unrecognisedFiles];
  return (
    <div class="stack-tight">
      {result.failures.map((failure) => (
        <p key={failure.kind} class="notice" data-kind="problem">
          {text.sourceKinds[failure.kind] ?? failure.kind}: {failure.message}
        </p>
      ))}
      {result.reports.map((report) => (
        <SourceReport key={report.sourceId} report={report} />
      ))}
      {unread.length > 0 && (
        <details class="small">
          <summary class="disclosure soft">{text.sources.report.unread}</summary>
          <ul>
            {unread.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function SourceReport({ report }: { report: LoadReport }) {
  const { rows, network } = report;
  const words = text.sources.report;
  const total = rows.read + rows.merged + rows.skipped + rows.unreadable;
  return (
    <section class="stack-tight" aria-label={`${words.title}: ${report.title}`}>
      <h3>{report.title}</h3>
      <p class="small">
        {!report.isChanged && `${words.nothingNew} `}
        {words.found(formatNumber(report.interactionCount), formatNumber(report.connectionCount))}{" "}
        {words.rows(formatNumber(rows.read), formatNumber(total))}{" "}
        {rows.merged > 0 && words.merged(formatNumber(rows.merged))}
      </p>
      {report.notes.map((note) => (
        <p key={note.file + note.text} class="small soft">
          {note.file}: {note.text}
        </p>
      ))}
      {report.skipped.length > 0 && (
        <details class="small">
          <summary class="disclosure soft">
            {words.skipped}: {formatNumber(rows.skipped)}
          </summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.reason}</th>
                <th scope="col">{words.file}</th>
                <th scope="col">{words.count}</th>
              </tr>
            </thead>
            <tbody>
              {report.skipped.map(({ file, reason, count }) => (
                <tr key={file + reason}>
                  <td>{reason}</td>
                  <td>{file}</td>
                  <td>{formatNumber(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {report.badRowCount > 0 && (
        <details class="small">
          <summary class="disclosure soft">
            {words.bad}: {formatNumber(report.badRowCount)}
          </summary>
          <ul>
            {report.badRows.map(({ file, line, reason }) => (
              <li key={`${file}${line}`}>
                {file}, {words.line.toLowerCase()} {line}: {reason}
              </li>
            ))}
          </ul>
          {report.badRowCount > report.badRows.length && (
            <p>{words.more(formatNumber(report.badRowCount - report.badRows.length))}</p>
          )}
        </details>
      )}
      <p class="small">
        {words.network(formatNumber(network.personCount), formatNumber(network.tieCount))}{" "}
        {network.tieCount === 0 && words.noTies}
      </p>
    </section>
  );
}
