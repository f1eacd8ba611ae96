import { change } from "../api/client";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Avatar, Job, ProblemNote, Strength } from "../design/parts";
import {
  type AnswerOf,
  type Candidate,
  type Connector,
  markPeopleDistinct,
  mergePeople,
  undoIdentityDecision,
} from "../documents/asking";
import type { Person } from "../documents/fragments";
import { formatDay, text } from "../strings";

/** People who share an employer with the target: apart from routes, because they may not know it. */
export function Connectors({ connectors }: { connectors: Connector[] }) {
  if (connectors.length === 0) return null;
  return (
    <section class="stack-tight" aria-labelledby="connectors">
      <h2 id="connectors">{text.ask.connectors.title}</h2>
      <p class="soft small">{text.ask.connectors.lead}</p>
      <ul class="people-list">
        {connectors.map(({ person, title, company, until, step }) => (
          <li key={person.id} class="person">
            <Avatar name={person.name} />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <span class="soft small">
                {text.ask.job(title, company || null)}
                {until && ` (${text.ask.connectors.until(formatDay(until))})`}
              </span>
              <span class="soft small">{step.evidence}</span>
            </span>
            <Strength label={step.strengthLabel} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** People who are not suggested as introducers, and why: a tie is asleep, or somebody cannot be reached. */
export function NotSuggested({
  kind,
  introducers,
}: {
  kind: "asleep" | "unreachable";
  introducers: { person: Person; note: string }[];
}) {
  if (introducers.length === 0) return null;
  return (
    <section class="stack-tight" aria-labelledby={kind}>
      <h2 id={kind}>{text.ask[kind].title}</h2>
      <p class="soft small">{text.ask[kind].lead}</p>
      <ul class="people-list">
        {introducers.map(({ person, note }) => (
          <li key={person.id} class="person">
            <Avatar name={person.name} />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <Job person={person} />
              <span class="small">{note}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Choice = Pick<Candidate, "person"> & Partial<Candidate>;

/** People to choose from. A choice asks again for that person. */
export function Choices({
  candidates,
  onChoose,
}: {
  candidates: Choice[];
  onChoose: (person: Person) => void;
}) {
  return (
    <ul class="people-list">
      {candidates.map(({ person, lastContact, sources = [] }) => (
        <li key={person.id}>
          <button type="button" class="person person-button" onClick={() => onChoose(person)}>
            <Avatar name={person.name} />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <Job person={person} />
              <span class="soft small">
                {lastContact && text.ask.ambiguous.lastContact(formatDay(lastContact))}
                {lastContact === null && text.ask.ambiguous.never}
                {sources.length > 0 && ` · ${sources.map((kind) => text.sourceKinds[kind]).join(", ")}`}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

type Head = Pick<
  AnswerOf<"Refusal">,
  "target" | "possibleDuplicates" | "asOf" | "sources" | "lowScoreRoutesNote"
>;

/** The date and the sources of an answer, and what a minimum score left out. */
export function Basis({ answer }: { answer: Head }) {
  const isStale = answer.sources.some((source) => source.isStale && source.isOwn);
  return (
    <section class="basis stack-tight">
      {answer.lowScoreRoutesNote && <p>{answer.lowScoreRoutesNote}</p>}
      <details>
        <summary class="small soft disclosure">{text.ask.basis.title}</summary>
        <p class="small">{text.ask.basis.asOf(formatDay(answer.asOf))}</p>
        <ul class="small">
          {answer.sources.map(({ title, coverageUntil }) => (
            <li key={title}>
              {coverageUntil ? text.ask.basis.until(title, formatDay(coverageUntil)) : title}
            </li>
          ))}
        </ul>
      </details>
      {isStale && (
        <p class="notice" data-kind="warn">
          {text.ask.basis.stale} <a href="/sources">{text.ask.basis.staleSources}</a>
        </p>
      )}
    </section>
  );
}

/** Records that the answer treated as the target, with the decision on them. */
export function Duplicates({ answer, onChange }: { answer: Head; onChange: () => Promise<void> }) {
  const action = useAction();
  const { target, possibleDuplicates } = answer;
  if (possibleDuplicates.length === 0) return null;
  const decide = (isSame: boolean) =>
    action.run(async () => {
      const ids: string[] = [];
      if (isSame) {
        const personIds = [target, ...possibleDuplicates].map(({ id }) => id);
        const { mergePeople: merged } = await change(mergePeople, { personIds });
        if (merged.decision) ids.push(merged.decision.id);
      } else {
        for (const { id } of possibleDuplicates) {
          const { markPeopleDistinct: marked } = await change(markPeopleDistinct, {
            firstPersonId: target.id,
            secondPersonId: id,
          });
          if (marked.decision) ids.push(marked.decision.id);
        }
      }
      say(isSame ? text.ask.duplicates.merged : text.ask.duplicates.separated, async () => {
        for (const id of ids) await change(undoIdentityDecision, { id });
        await onChange();
      });
      await onChange();
    });
  return (
    <section class="stack-tight" aria-labelledby="duplicates">
      <h2 id="duplicates">{text.ask.duplicates.title}</h2>
      <p class="soft small">{text.ask.duplicates.lead(target.name)}</p>
      <ul class="people-list">
        {possibleDuplicates.map((person) => (
          <li key={person.id} class="person">
            <Avatar name={person.name} />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <Job person={person} />
            </span>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="button" class="button small" disabled={action.isBusy} onClick={() => void decide(true)}>
          {text.ask.duplicates.merge}
        </button>
        <button
          type="button"
          class="button small"
          disabled={action.isBusy}
          onClick={() => void decide(false)}
        >
          {text.ask.duplicates.distinct}
        </button>
      </div>
      <ProblemNote problem={action.problem} />
    </section>
  );
}
