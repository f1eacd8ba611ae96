import { useState } from "preact/hooks";
import { type Problem, problemOfResponse, toProblem } from "../api/client";
import { fetchWithSession } from "../app/session";
import { Field, ProblemNote, Strength, submitting, Waiting } from "../design/parts";
import type { StrengthLabel } from "../documents/fragments";
import { formatNumber, text } from "../strings";

type Outcome = keyof typeof text.team.targets.outcomes;

interface Named {
  name: string;
}

/** A row of the answer of `POST /targets`, as docs/api.md describes it. */
interface Row {
  line: number;
  cells: [string, string][];
  rank: number | null;
  outcome: Outcome;
  target: Named | null;
  tie: { strengthLabel: StrengthLabel } | null;
  route: { introducers: Named[]; scoreLabel: StrengthLabel | null } | null;
  message: string | null;
  candidates: unknown[];
}

interface Ranked {
  counts: Partial<Record<Outcome, number>>;
  notes: string[];
  targets: Row[];
}

const SHOWN = 100;

/** Uploads a list of targets, and shows whom the viewer can reach first. */
export function TargetsTab() {
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState("");
  const [isTeam, setTeam] = useState(false);
  const [max, setMax] = useState(2);
  const [ranked, setRanked] = useState<Ranked | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const words = text.team.targets;

  const post = async (accept: string): Promise<Response | null> => {
    setBusy(true);
    setProblem(null);
    try {
      const url = `/targets?maxIntroducers=${max}&start=${isTeam ? "TEAM" : "ME"}`;
      const response = await fetchWithSession(url, {
        method: "POST",
        headers: { Accept: accept, "Content-Type": "application/octet-stream" },
        body: file ?? pasted,
      });
      if (response.ok) return response;
      setProblem(await problemOfResponse(response));
    } catch (error) {
      setProblem({ ...toProblem(error), code: "OFFLINE", message: "" });
    } finally {
      setBusy(false);
    }
    return null;
  };
  const rank = async () => {
    setRanked(null);
    const response = await post("application/json");
    if (response) setRanked((await response.json()) as Ranked);
  };
  const save = async () => {
    const response = await post("text/csv");
    if (!response) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = "targets.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <p class="soft">{words.lead}</p>
      <form class="card stack" onSubmit={submitting(rank)}>
        <label class="field">
          <span>{words.file}</span>
          <input
            type="file"
            accept=".csv,.xlsx,.txt,.tsv"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </label>
        {!file && <Field label={words.paste} rows={4} value={pasted} onInput={setPasted} />}
        <div class="row">
          <label class="choice">
            {words.maxIntroducers}
            <select
              class="narrow"
              value={max}
              onChange={(event) => setMax(Number(event.currentTarget.value))}
            >
              {[1, 2, 3].map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
          <label class="choice">
            <input
              type="checkbox"
              checked={isTeam}
              onChange={(event) => setTeam(event.currentTarget.checked)}
            />
            {words.team}
          </label>
        </div>
        <div class="row">
          <button type="submit" class="button primary" disabled={isBusy || !(file || pasted.trim())}>
            {words.ask}
          </button>
          {ranked && (
            <button type="button" class="button" disabled={isBusy} onClick={() => void save()}>
              {words.export}
            </button>
          )}
        </div>
      </form>
      <ProblemNote problem={problem} />
      {isBusy && !ranked && <Waiting label={words.asking} />}
      {ranked && <RankedTable ranked={ranked} />}
    </>
  );
}

function RankedTable({ ranked }: { ranked: Ranked }) {
  const [isWhole, setWhole] = useState(false);
  const words = text.team.targets;
  const rows = [...ranked.targets].sort(
    (one, other) => (one.rank ?? 1e9) - (other.rank ?? 1e9) || one.line - other.line,
  );
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  return (
    <section class="stack-tight" aria-label={text.team.tabs.targets}>
      <p class="row">
        {Object.entries(ranked.counts)
          .filter(([, count]) => count > 0)
          .map(([outcome, count]) => (
            <span key={outcome} class="badge">
              {words.counts(words.outcomes[outcome as Outcome], formatNumber(count))}
            </span>
          ))}
      </p>
      {ranked.notes.map((note) => (
        <p key={note} class="small soft">
          {note}
        </p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard */}
      <section class="wide-table" aria-label={words.ask} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[words.rank, words.target, words.outcome, words.ask_, words.strength, words.note].map(
                (name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.line}>
                <td>{row.rank}</td>
                <th scope="row">{row.target?.name ?? row.cells.map(([, value]) => value).join(", ")}</th>
                <td>{words.outcomes[row.outcome]}</td>
                <td>
                  {row.tie ? words.directly : row.route?.introducers.map(({ name }) => name).join(" → ")}
                </td>
                <td>{labelOf(row) && <Strength label={labelOf(row)} />}</td>
                <td class="small">{row.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length && (
        <button type="button" class="button" onClick={() => setWhole(true)}>
          {words.more(formatNumber(rows.length - shown.length))}
        </button>
      )}
    </section>
  );
}

function labelOf({ tie, route }: Row): StrengthLabel | null {
  return tie?.strengthLabel ?? route?.scoreLabel ?? null;
}
