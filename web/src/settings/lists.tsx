import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { change, type Problem } from "../api/client";
import { type Later, usePages } from "../api/use-pages";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { NO_PERSON, PersonField, referenceTo } from "../design/combobox";
import { Field, More, ProblemNote, submitting, Waiting } from "../design/parts";
import { createStatement, withdrawStatement } from "../documents/asking";
import {
  excludeIntroducer,
  hideContact,
  listExcluded,
  listHidden,
  listStatements,
  unexcludeIntroducer,
  unhideContact,
} from "../documents/settings";
import { formatDay, text } from "../strings";

/** Shows a note whose undo also reads the list again. */
function sayUndoable(sentence: string, undo: () => Promise<unknown>, reload: () => Promise<void>): void {
  say(sentence, async () => {
    await undo();
    await reload();
  });
}

/** A list of entries, each with one button, and below it a form that adds one. */
function EntryList(props: {
  title: string;
  lead: string;
  empty: string;
  button: string;
  pages: { later: Later; problem: Problem | null; isLoading: boolean; reload: () => Promise<void> };
  entries: { id: string; name: string; detail?: string | undefined; remove: () => Promise<void> }[];
  children?: ComponentChildren;
}) {
  const { title, lead, empty, button, pages, entries, children } = props;
  const action = useAction();
  return (
    <section class="stack-tight" aria-label={title}>
      <h2>{title}</h2>
      <p class="soft small">{lead}</p>
      {pages.isLoading && <Waiting lines={1} />}
      <ProblemNote problem={pages.problem} retry={() => void pages.reload()} />
      {!pages.isLoading && !pages.problem && entries.length === 0 && <p class="soft">{empty}</p>}
      <ul class="people-list">
        {entries.map(({ id, name, detail, remove }) => (
          <li key={id} class="row between">
            <span class="person-text">
              <span>{name}</span>
              {detail && <span class="small soft">{detail}</span>}
            </span>
            <button
              type="button"
              class="button small"
              disabled={action.isBusy}
              onClick={() => void action.run(remove)}
            >
              {button}
              <span class="visually-hidden"> {name}</span>
            </button>
          </li>
        ))}
      </ul>
      <More later={pages.later} />
      <ProblemNote problem={action.problem} />
      {children}
    </section>
  );
}

export function Hidden() {
  const pages = usePages(listHidden, {}, (data) => data.hiddenContacts);
  const [kind, setKind] = useState<"name" | "company">("name");
  const [value, setValue] = useState("");
  const action = useAction();
  const words = text.settings.hidden;
  const add = () =>
    action.run(async () => {
      const contact = kind === "name" ? { name: value.trim() } : { company: value.trim() };
      const { hideContact: hidden } = await change(hideContact, { contact });
      setValue("");
      const id = hidden.hiddenContact?.id;
      if (id) sayUndoable(words.added, () => change(unhideContact, { id }), pages.reload);
      await pages.reload();
    });
  return (
    <EntryList
      title={words.title}
      lead={words.lead}
      empty={words.empty}
      button={words.remove}
      pages={pages}
      entries={pages.nodes.map(({ id, name, hiddenOn }) => ({
        id,
        name,
        detail: formatDay(hiddenOn),
        remove: async () => {
          const { unhideContact: shown } = await change(unhideContact, { id });
          const contact = referenceOf(shown);
          const again = contact && (() => change(hideContact, { contact }));
          if (again) sayUndoable(words.removed, again, pages.reload);
          else say(words.removed);
          await pages.reload();
        },
      }))}
    >
      <form class="card inline-form" onSubmit={submitting(add)}>
        <label class="field">
          <span>{words.kind}</span>
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value as "name" | "company")}>
            {Object.entries(words.kinds).map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {kind === "name" ? (
          <PersonField label={words.field} value={{ text: value }} onChange={({ text }) => setValue(text)} />
        ) : (
          <Field label={words.field} value={value} onInput={setValue} required />
        )}
        <button type="submit" class="button" disabled={action.isBusy}>
          {words.add}
        </button>
        <ProblemNote problem={action.problem} />
      </form>
    </EntryList>
  );
}

/** What hides the same contact again. */
function referenceOf(shown: { personId: string | null; name: string | null; company: string | null }) {
  const { personId, name, company } = shown;
  if (personId) return { personId };
  if (name) return { name };
  return company ? { company } : null;
}

export function Excluded() {
  const pages = usePages(listExcluded, {}, (data) => data.excludedIntroducers);
  const [person, setPerson] = useState(NO_PERSON);
  const action = useAction();
  const words = text.settings.excluded;
  const exclude = (ref: ReturnType<typeof referenceTo> | null, sentence: string) =>
    action.run(async () => {
      const { excludeIntroducer: excluded } = await change(excludeIntroducer, { person: ref });
      setPerson(NO_PERSON);
      const id = excluded.excludedIntroducer?.id;
      if (id) sayUndoable(sentence, () => change(unexcludeIntroducer, { id }), pages.reload);
      await pages.reload();
    });
  return (
    <EntryList
      title={words.title}
      lead={words.lead}
      empty={words.empty}
      button={words.remove}
      pages={pages}
      entries={pages.nodes.map(({ id, name, isNetworkWide }) => ({
        id,
        name,
        detail: isNetworkWide ? words.everybody : undefined,
        remove: async () => {
          const { unexcludeIntroducer: allowed } = await change(unexcludeIntroducer, { id });
          const again = allowed.personId && { person: { id: allowed.personId }, isNetworkWide };
          if (again) sayUndoable(words.removed, () => change(excludeIntroducer, again), pages.reload);
          else say(words.removed);
          await pages.reload();
        },
      }))}
    >
      <form class="card inline-form" onSubmit={submitting(() => exclude(referenceTo(person), words.added))}>
        <PersonField label={words.field} value={person} onChange={setPerson} />
        <button type="submit" class="button" disabled={action.isBusy}>
          {words.add}
        </button>
        <button
          type="button"
          class="button"
          disabled={action.isBusy}
          onClick={() => void exclude(null, text.settings.introducer.excluded)}
        >
          {text.settings.introducer.exclude}
        </button>
        <ProblemNote problem={action.problem} />
      </form>
    </EntryList>
  );
}

export function Statements() {
  const pages = usePages(listStatements, {}, (data) => data.statements);
  const words = text.settings.statements;
  return (
    <EntryList
      title={words.title}
      lead={words.lead}
      empty={words.empty}
      button={words.remove}
      pages={pages}
      entries={pages.nodes.map(({ id, kind, statedOn, validUntil, fromPerson, toPerson }) => ({
        id,
        name: `${fromPerson.name} ${words.kinds[kind]} ${toPerson.name}`,
        detail: [formatDay(statedOn), validUntil && words.until(formatDay(validUntil))]
          .filter(Boolean)
          .join(", "),
        remove: async () => {
          const statement = { fromPersonId: fromPerson.id, toPersonId: toPerson.id, kind };
          await change(withdrawStatement, statement);
          const again = { ...statement, statedOn, validUntil };
          sayUndoable(words.removed, () => change(createStatement, again), pages.reload);
          await pages.reload();
        },
      }))}
    />
  );
}
