import { useState } from "preact/hooks";
import { usePages } from "../api/use-pages";
import { useRead } from "../api/use-read";
import { Avatar, Empty, Job, More, ProblemNote, Strength, Waiting } from "../design/parts";
import {
  type Counts,
  type Health,
  type ListedPerson,
  listClass,
  type Quarter,
  readHealth,
  readQuarters,
  readReach,
} from "../documents/insights";
import { formatDay, formatNumber, formatPercent, text } from "../strings";
import { NothingToMeasure } from "./nothing";

type Class = keyof typeof text.network.classes;

const COUNT_OF = {
  STRONG: "strong",
  MUTUAL: "mutual",
  THEY_REACH_OUT: "theyReachOut",
  YOU_REACH_OUT: "youReachOut",
  GONE_COLD: "goneCold",
  NEVER: "never",
} as const satisfies Record<Class, keyof Counts>;
const CLASSES = Object.keys(COUNT_OF) as Class[];

export function HealthTab({ tag }: { tag: string | null }) {
  const { data, problem, isLoading, reload } = useRead(readHealth, { tag });
  const [shown, setShown] = useState<Class | null>(null);
  if (isLoading) return <Waiting lines={5} />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const health = data?.networkHealth;
  if (!health || (health.counts.total === 0 && !tag)) return <NothingToMeasure />;
  if (health.counts.total === 0) return <Empty title={text.network.health.nobodyOfTag} />;
  return (
    <>
      <p class="headline">{health.message}</p>
      <section class="card stack" aria-labelledby="classes">
        <h2 id="classes">{text.network.health.classes}</h2>
        <ClassBars counts={health.counts} shown={shown} onShow={setShown} />
        {shown && <ClassList key={shown} kind={shown} tag={tag} />}
      </section>
      <div class="columns">
        <InnerCircle people={health.innerCircle} />
        <Reach tag={tag} />
      </div>
      <Quarters tag={tag} />
      <section class="stack-tight">
        <h2>{text.network.health.concentration}</h2>
        <p>{health.concentration.message}</p>
      </section>
      {health.acceptance.length > 0 && (
        <section class="stack-tight">
          <h2>{text.network.health.acceptance}</h2>
          {health.acceptance.map(({ message }) => (
            <p key={message}>{message}</p>
          ))}
        </section>
      )}
      <Groups groups={health.groups} />
    </>
  );
}

function ClassBars(props: { counts: Counts; shown: Class | null; onShow: (kind: Class | null) => void }) {
  const { counts, shown, onShow } = props;
  const most = Math.max(1, ...CLASSES.map((kind) => counts[COUNT_OF[kind]]));
  return (
    <ul class="bars">
      {CLASSES.map((kind) => {
        const count = counts[COUNT_OF[kind]];
        return (
          <li key={kind}>
            <button
              type="button"
              aria-expanded={shown === kind}
              disabled={count === 0}
              onClick={() => onShow(shown === kind ? null : kind)}
            >
              <span>{text.network.classes[kind]}</span>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" data-class={kind}>
                <rect width={(100 * count) / most} height="8" rx="1" />
              </svg>
              <span class="number">
                {text.network.health.ofTotal(formatNumber(count), formatPercent(count / counts.total))}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function ClassList({ kind, tag }: { kind: Class; tag: string | null }) {
  const variables = { class: kind, tag };
  const { nodes, later, problem, isLoading, reload } = usePages(
    listClass,
    variables,
    (data) => data.listedPeople,
  );
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  return (
    <div class="stack-tight">
      <PeopleList people={nodes} />
      <More later={later} />
    </div>
  );
}

/** People with the reason for what they are listed as. */
export function PeopleList({ people }: { people: (Omit<ListedPerson, "reason"> & { reason?: string })[] }) {
  return (
    <ul class="people-list">
      {people.map(({ person, reason, lastContact, strengthLabel }) => (
        <li key={person.id} class="person">
          <Avatar name={person.name} />
          <span class="person-text">
            <span class="person-name">{person.name}</span>
            <Job person={person} />
            <span class="small soft">
              {reason ?? (lastContact ? text.network.health.lastContact(formatDay(lastContact)) : "")}
            </span>
          </span>
          {strengthLabel && <Strength label={strengthLabel} />}
        </li>
      ))}
    </ul>
  );
}

function InnerCircle({ people }: { people: Health["innerCircle"] }) {
  return (
    <section class="stack-tight" aria-labelledby="inner-circle">
      <h2 id="inner-circle">{text.network.health.innerCircle}</h2>
      {people.length === 0 ? (
        <p class="soft">{text.network.health.noInnerCircle}</p>
      ) : (
        <>
          <p class="small soft">{text.network.health.innerCircleLead}</p>
          <ul class="people-list">
            {people.map(({ person, lastContact }) => (
              <li key={person.id} class="person">
                <Avatar name={person.name} kind="first" />
                <span class="person-text">
                  <span class="person-name">{person.name}</span>
                  <span class="small soft">
                    {lastContact && text.network.health.lastContact(formatDay(lastContact))}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Reach({ tag }: { tag: string | null }) {
  const { data, problem, isLoading, reload } = useRead(readReach, { tag });
  return (
    <section class="stack-tight" aria-labelledby="reach">
      <h2 id="reach">{text.network.health.reach}</h2>
      {isLoading && <Waiting />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      <dl class="figures">
        {data?.networkHealth?.reach.map(({ introducerCount, peopleCount }) => (
          <div key={introducerCount}>
            <dt>{text.network.health.reachWith[introducerCount]}</dt>
            <dd>{formatNumber(peopleCount)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Quarters({ tag }: { tag: string | null }) {
  const { data, problem, isLoading, reload } = useRead(readQuarters, { tag });
  return (
    <section class="stack-tight" aria-labelledby="quarters">
      <h2 id="quarters">{text.network.health.quarters}</h2>
      <p class="small soft">{text.network.health.quartersLead}</p>
      {isLoading && <Waiting lines={1} />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {data?.networkHealth && <QuarterChart quarters={data.networkHealth.quarters} />}
    </section>
  );
}

function QuarterChart({ quarters }: { quarters: Quarter[] }) {
  const mutual = ({ counts }: Quarter) => counts.strong + counts.mutual;
  const most = Math.max(1, ...quarters.map(mutual));
  const sentence = (quarter: Quarter) =>
    text.network.health.quarter(
      formatDay(quarter.asOf),
      formatNumber(mutual(quarter)),
      formatNumber(quarter.counts.total),
    );
  return (
    <>
      <svg class="quarters" viewBox={`0 0 ${quarters.length * 40} 96`} aria-hidden="true">
        {quarters.map((quarter, index) => {
          const height = (64 * mutual(quarter)) / most;
          return (
            <g key={quarter.asOf}>
              <title>{sentence(quarter)}</title>
              <rect x={index * 40 + 6} y={80 - height} width="28" height={height} rx="4" />
              <text x={index * 40 + 20} y={74 - height} text-anchor="middle">
                {mutual(quarter)}
              </text>
              <text x={index * 40 + 20} y="93" text-anchor="middle">
                {quarter.asOf.slice(2, 7)}
              </text>
            </g>
          );
        })}
      </svg>
      <ul class="visually-hidden">
        {quarters.map((quarter) => (
          <li key={quarter.asOf}>{sentence(quarter)}</li>
        ))}
      </ul>
    </>
  );
}

function Groups({ groups }: { groups: Health["groups"] }) {
  const words = text.network.health;
  return (
    <section class="stack-tight" aria-labelledby="groups">
      <h2 id="groups">{words.groups}</h2>
      {Object.entries(words.dimensions).map(([dimension, title]) => {
        const rows = groups.filter((group) => group.dimension === dimension);
        if (rows.length === 0) return null;
        return (
          <details key={dimension} class="card">
            <summary class="disclosure">{title}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.group}</th>
                  <th scope="col">{words.total}</th>
                  <th scope="col">{words.inContact}</th>
                  <th scope="col">{words.never}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, counts }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{formatNumber(counts.total)}</td>
                    <td>{formatNumber(counts.total - counts.goneCold - counts.never)}</td>
                    <td>{formatNumber(counts.never)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        );
      })}
    </section>
  );
}
