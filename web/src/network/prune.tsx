import { useState } from "preact/hooks";
import { change } from "../api/client";
import { type Later, usePages } from "../api/use-pages";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Avatar, Empty, Job, More, ProblemNote, submitting, Waiting } from "../design/parts";
import {
  type Archived,
  archivePeople,
  listArchived,
  listPrune,
  type Prune,
  restorePeople,
} from "../documents/insights";
import { formatDay, formatNumber, text } from "../strings";

type Rule = Prune["reasons"][number]["rule"];

export function PruneTab({ tag }: { tag: string | null }) {
  const [rule, setRule] = useState<Rule | null>(null);
  const suggestions = usePages(listPrune, { rule, tag }, (data) => data.pruneSuggestions);
  const archived = usePages(listArchived, { tag }, (data) => data.archivedPeople);
  const refresh = async () => {
    await Promise.all([suggestions.reload(), archived.reload()]);
  };
  const words = text.network.prune;
  const page = suggestions.data?.pruneSuggestions;
  return (
    <>
      <section class="stack-tight" aria-labelledby="prune">
        <h2 id="prune">{words.title}</h2>
        <p class="small soft">{words.lead}</p>
        <label class="choice">
          {words.rule}
          <select
            class="narrow"
            value={rule ?? ""}
            onChange={(event) => setRule((event.currentTarget.value || null) as Rule | null)}
          >
            <option value="">{words.allRules}</option>
            {Object.entries(words.rules).map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {suggestions.isLoading && <Waiting />}
        <ProblemNote problem={suggestions.problem} retry={() => void suggestions.reload()} />
        {page && page.nodes.length === 0 && <Empty title={words.empty} />}
        {page && page.nodes.length > 0 && (
          <Suggestions
            key={page.nodes.map(({ person }) => person.id).join()}
            people={suggestions.nodes}
            total={page.totalCount}
            later={suggestions.later}
            onChange={refresh}
          />
        )}
      </section>
      <section class="stack-tight" aria-labelledby="archived">
        <h2 id="archived">{words.list}</h2>
        <ProblemNote problem={archived.problem} retry={() => void archived.reload()} />
        {archived.data && archived.nodes.length === 0 && <p class="soft">{words.listEmpty}</p>}
        <ul class="people-list">
          {archived.nodes.map((entry) => (
            <ArchivedRow key={entry.id} entry={entry} onChange={refresh} />
          ))}
        </ul>
        <More later={archived.later} />
      </section>
    </>
  );
}

function Suggestions(props: {
  people: Prune[];
  total: number | null;
  later: Later;
  onChange: () => Promise<void>;
}) {
  const { people, total, later, onChange } = props;
  const [chosen, setChosen] = useState<string[]>([]);
  const action = useAction();
  const words = text.network.prune;
  const archive = () =>
    action.run(async () => {
      const { archivePeople: done } = await change(archivePeople, { personIds: chosen });
      const ids = done.archivedPersonIds;
      const inUse = done.inUsePersonIds.length;
      say(`${words.archived(ids.length)}${inUse ? ` ${words.inUse(inUse)}` : ""}`, async () => {
        await change(restorePeople, { ids: done.restorableIds });
        await onChange();
      });
      setChosen([]);
      await onChange();
    });
  return (
    <form class="stack-tight" onSubmit={submitting(archive)}>
      {total !== null && <p class="small soft">{words.count(formatNumber(total))}</p>}
      <label class="choice">
        <input
          type="checkbox"
          checked={chosen.length === people.length}
          onChange={(event) =>
            setChosen(event.currentTarget.checked ? people.map(({ person }) => person.id) : [])
          }
        />
        {words.selectAll}
      </label>
      <ul class="people-list">
        {people.map(({ person, reasons }) => (
          <li key={person.id} class="person">
            <input
              type="checkbox"
              aria-label={words.select(person.name)}
              checked={chosen.includes(person.id)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked
                    ? [...chosen, person.id]
                    : chosen.filter((each) => each !== person.id),
                )
              }
            />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <Job person={person} />
              {reasons.map(({ rule, sentence }) => (
                <span key={rule} class="small">
                  {sentence}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <More later={later} />
      <div class={chosen.length > 0 ? "row act-below" : "row"}>
        <button type="submit" class="button primary" disabled={chosen.length === 0 || action.isBusy}>
          {words.archive(chosen.length)}
        </button>
      </div>
      <ProblemNote problem={action.problem} />
    </form>
  );
}

function ArchivedRow({ entry, onChange }: { entry: Archived; onChange: () => Promise<void> }) {
  const action = useAction();
  const words = text.network.prune;
  const name = entry.person?.name ?? words.gone;
  const bringBack = () =>
    action.run(async () => {
      await change(restorePeople, { ids: [entry.id] });
      const { person } = entry;
      say(
        words.restored,
        person
          ? async () => {
              await change(archivePeople, { personIds: [person.id] });
              await onChange();
            }
          : undefined,
      );
      await onChange();
    });
  return (
    <li class="person">
      <Avatar name={name} />
      <span class="person-text">
        <span class="person-name">{name}</span>
        <span class="small soft">
          {words.since(formatDay(entry.archivedOn))}. {entry.message}
        </span>
      </span>
      <button type="button" class="button small" disabled={action.isBusy} onClick={() => void bringBack()}>
        {words.restore}
        <span class="visually-hidden"> {name}</span>
      </button>
      <ProblemNote problem={action.problem} />
    </li>
  );
}
