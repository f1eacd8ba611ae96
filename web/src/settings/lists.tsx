import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { change } from "../api/client";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Field, ProblemNote, submitting } from "../design/parts";
import { createStatement, withdrawStatement } from "../documents/asking";
import {
  excludeIntroducer,
  hideContact,
  type Preferences,
  unexcludeIntroducer,
  unhideContact,
} from "../documents/settings";
import { formatDay, text } from "../strings";

type Nodes<Key extends keyof Preferences> =
  NonNullable<Preferences[Key]> extends { nodes: infer Entries } ? Entries : never;

interface Props<Entries> {
  entries: Entries;
  onChange: () => Promise<void>;
}

/** A list of entries, each with one button, and below it a form that adds one. */
function EntryList(props: {
  title: string;
  lead: string;
  empty: string;
  button: string;
  entries: { id: string; name: string; detail?: string | undefined; remove: () => Promise<void> }[];
  children?: ComponentChildren;
}) {
  const { title, lead, empty, button, entries, children } = props;
  const action = useAction();
  return (
    <section class="stack-tight" aria-label={title}>
      <h2>{title}</h2>
      <p class="soft small">{lead}</p>
      {entries.length === 0 && <p class="soft">{empty}</p>}
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
      <ProblemNote problem={action.problem} />
      {children}
    </section>
  );
}

export function Hidden({ entries, onChange }: Props<Nodes<"hiddenContacts">>) {
  const [kind, setKind] = useState<"name" | "company">("name");
  const [value, setValue] = useState("");
  const action = useAction();
  const words = text.settings.hidden;
  const undoable = (sentence: string, undo: () => Promise<unknown>) =>
    say(sentence, async () => {
      await undo();
      await onChange();
    });
  const add = () =>
    action.run(async () => {
      const contact = kind === "name" ? { name: value.trim() } : { company: value.trim() };
      const { hideContact: hidden } = await change(hideContact, { contact });
      setValue("");
      const id = hidden.hiddenContact?.id;
      if (id) undoable(words.added, () => change(unhideContact, { id }));
      await onChange();
    });
  return (
    <EntryList
      title={words.title}
      lead={words.lead}
      empty={words.empty}
      button={words.remove}
      entries={entries.map(({ id, name, hiddenOn }) => ({
        id,
        name,
        detail: formatDay(hiddenOn),
        remove: async () => {
          await change(unhideContact, { id });
          say(words.removed);
          await onChange();
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
        <Field label={words.field} value={value} onInput={setValue} required />
        <button type="submit" class="button" disabled={action.isBusy}>
          {words.add}
        </button>
        <ProblemNote problem={action.problem} />
      </form>
    </EntryList>
  );
}

export function Excluded({ entries, onChange }: Props<Nodes<"excludedIntroducers">>) {
  const [person, setPerson] = useState("");
  const action = useAction();
  const words = text.settings.excluded;
  const exclude = (ref: { text: string } | null, sentence: string) =>
    action.run(async () => {
      const { excludeIntroducer: excluded } = await change(excludeIntroducer, { person: ref });
      setPerson("");
      const id = excluded.excludedIntroducer?.id;
      say(
        sentence,
        id
          ? async () => {
              await change(unexcludeIntroducer, { id });
              await onChange();
            }
          : undefined,
      );
      await onChange();
    });
  return (
    <EntryList
      title={words.title}
      lead={words.lead}
      empty={words.empty}
      button={words.remove}
      entries={entries.map(({ id, name, isNetworkWide }) => ({
        id,
        name,
        detail: isNetworkWide ? words.everybody : undefined,
        remove: async () => {
          await change(unexcludeIntroducer, { id });
          say(words.removed);
          await onChange();
        },
      }))}
    >
      <form
        class="card inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          void exclude({ text: person.trim() }, words.added);
        }}
      >
        <Field label={words.field} value={person} onInput={setPerson} required />
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

export function Statements({ entries, onChange }: Props<Nodes<"statements">>) {
  const words = text.settings.statements;
  return (
    <EntryList
      title={words.title}
      lead={words.lead}
      empty={words.empty}
      button={words.remove}
      entries={entries.map(({ id, kind, statedOn, validUntil, fromPerson, toPerson }) => ({
        id,
        name: `${fromPerson.name} ${words.kinds[kind]} ${toPerson.name}`,
        detail: [formatDay(statedOn), validUntil && words.until(formatDay(validUntil))]
          .filter(Boolean)
          .join(", "),
        remove: async () => {
          const statement = { fromPersonId: fromPerson.id, toPersonId: toPerson.id, kind };
          await change(withdrawStatement, statement);
          say(words.removed, async () => {
            await change(createStatement, { ...statement, statedOn, validUntil });
            await onChange();
          });
          await onChange();
        },
      }))}
    />
  );
}
