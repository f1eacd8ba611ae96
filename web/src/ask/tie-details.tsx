import { useState } from "preact/hooks";
import { useRead } from "../api/use-read";
import { ProblemNote, Strength, Waiting } from "../design/parts";
import { readTie, type ShownTie } from "../documents/asking";
import type { StrengthLabel } from "../documents/fragments";
import { formatDay, formatMonth, formatPercent, text } from "../strings";
import type { Link } from "./links";

type Month = ShownTie["history"]["months"][number];

const WIDTH = 22;
const HEIGHT = 56;
const HEIGHT_OF = { WEAK: 0.3, FAIR: 0.47, GOOD: 0.65, STRONG: 0.85 };

/** The tie between two neighbours: its strength, and on demand its evidence and its history. */
export function TieRow({ link, viewerId }: { link: Link; viewerId: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const isUnreachable = link.ties.some((tie) => tie.isUnreachable);
  const isAsleep = link.ties.some((tie) => tie.isAsleep);
  return (
    <details class="tie" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Strength label={link.label} />
        {link.isWeakest && (
          <span class="badge" data-kind="warn">
            {text.ask.tie.weakest}
          </span>
        )}
        {(isAsleep || isUnreachable) && (
          <span class="badge" data-kind="warn">
            {isUnreachable ? text.ask.tie.unreachable : text.ask.tie.asleep}
          </span>
        )}
        {link.isColleague && <span class="badge">{text.ask.found.colleague}</span>}
        <span class="why small">{text.ask.tie.details}</span>
      </summary>
      <div class="tie-body stack">
        {link.isColleague && <p class="small soft">{text.ask.found.colleagueTie}</p>}
        {link.ties.map((tie) => (
          <DirectedTie key={tie.fromPerson.id} tie={tie} viewerId={viewerId} isOpen={isOpen} />
        ))}
      </div>
    </details>
  );
}

function DirectedTie({
  tie,
  viewerId,
  isOpen,
}: {
  tie: Link["ties"][number];
  viewerId: string | undefined;
  isOpen: boolean;
}) {
  const nameOf = (person: { id: string; name: string }) => (person.id === viewerId ? text.you : person.name);
  const [from, to] = [nameOf(tie.fromPerson), nameOf(tie.toPerson)];
  return (
    <section class="stack-tight">
      <div class="row">
        <h3>{text.ask.tie.from(from, to)}</h3>
        <Strength label={tie.strengthLabel} />
        {tie.strength !== null && (
          <span class="small soft">{text.ask.tie.strength(formatPercent(tie.strength))}</span>
        )}
      </div>
      <p class="small">{sentence(tie.evidence)}</p>
      {isOpen && <History from={tie.fromPerson.id} to={tie.toPerson.id} names={[from, to]} />}
    </section>
  );
}

function History({ from, to, names }: { from: string; to: string; names: [string, string] }) {
  const { data, problem, isLoading, reload } = useRead(readTie, { from, to });
  if (isLoading) return <Waiting lines={1} label={text.ask.tie.loading} />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const tie = data?.tie;
  if (tie?.__typename !== "Tie") return null;
  const { months, possibleChanges, weakening, trend } = tie.history;
  const better = possibleChanges.find((change) => isStronger(change.strengthLabel, tie.strengthLabel));
  const event = better && text.ask.tie.events[better.event]?.(better.count, ...names);
  return (
    <div class="history">
      <MonthChart months={months} trend={trend} />
      <p class="small soft">{sentence(trend)}</p>
      {weakening && (
        <p class="small soft">
          {text.ask.tie.weakens(
            weakening.strengthLabel && text.strength[weakening.strengthLabel],
            formatDay(weakening.startsOn),
          )}
        </p>
      )}
      {event && better?.strengthLabel && (
        <p class="small soft">{text.ask.tie.becomes(event, text.strength[better.strengthLabel])}</p>
      )}
    </div>
  );
}

/** Bars for the strength at the end of each month, with the number of contacts below. */
export function MonthChart({ months, trend }: { months: Month[]; trend: string }) {
  return (
    <figure>
      <figcaption class="small soft">{text.ask.tie.history}</figcaption>
      <svg
        class="months"
        viewBox={`0 0 ${WIDTH * months.length} ${HEIGHT + 30}`}
        role="img"
        aria-label={`${text.ask.tie.history}: ${trend}`}
      >
        {months.map((month, index) => {
          const height = Math.max(2, HEIGHT * (month.strength ?? heightOf(month.strengthLabel)));
          const middle = index * WIDTH + WIDTH / 2;
          return (
            <g key={month.endsOn} data-label={month.strengthLabel ?? "NONE"}>
              <title>{monthText(month)}</title>
              <rect x={index * WIDTH + 3} y={HEIGHT - height} width={WIDTH - 6} height={height} rx="3" />
              <text x={middle} y={HEIGHT + 12} text-anchor="middle">
                {contactCount(month) || "·"}
              </text>
              <text x={middle} y={HEIGHT + 26} text-anchor="middle" class="name">
                {formatMonth(month.endsOn).slice(0, 1)}
              </text>
            </g>
          );
        })}
      </svg>
      <ul class="visually-hidden">
        {months.map((month) => (
          <li key={month.endsOn}>{monthText(month)}</li>
        ))}
      </ul>
    </figure>
  );
}

function monthText(month: Month): string {
  const label = month.strengthLabel ? text.strength[month.strengthLabel] : text.ask.tie.noTie;
  return text.ask.tie.month(formatMonth(month.endsOn), label, text.ask.tie.contacts(contactCount(month)));
}

function contactCount({ outbound, inbound }: Month): number {
  return [...outbound.counts, ...inbound.counts].reduce((sum, { count }) => sum + count, 0);
}

function heightOf(label: StrengthLabel | null): number {
  return label ? HEIGHT_OF[label] : 0;
}

function isStronger(label: StrengthLabel | null, than: StrengthLabel | null): boolean {
  return heightOf(label) > heightOf(than);
}

/** Begins a clause of the API with a capital and ends it with a full stop. */
function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${clause.endsWith(".") ? "" : "."}`;
}
