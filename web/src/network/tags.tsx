import { useState } from "preact/hooks";
import { change, read } from "../api/client";
import { usePages } from "../api/use-pages";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { NO_PERSON, PersonField, referenceTo } from "../design/combobox";
import { Avatar, Empty, Field, Job, More, ProblemNote, submitting, Waiting } from "../design/parts";
import {
  createTag,
  deleteTag,
  listTagged,
  listTags,
  setTagRule,
  type Tag,
  tagPeople,
  untagPeople,
} from "../documents/insights";
import { formatNumber, text } from "../strings";
import { NO_RULE, RuleFields, ruleOf } from "./tag-rule";

/** `onChange` is called after each change of the tags. */
export function TagsTab({ onChange }: { onChange?: () => void }) {
  const {
    nodes: tags,
    later,
    problem,
    isLoading,
    reload: readAgain,
  } = usePages(listTags, {}, (data) => data.tags);
  const reload = async () => {
    await readAgain();
    onChange?.();
  };
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const [rule, setRule] = useState(NO_RULE);
  const action = useAction();
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const words = text.network.tags;
  const add = () =>
    action.run(async () => {
      const matched = ruleOf(rule);
      // first the rule, which creates the tag: a rule that is refused creates none
      const ruled = matched && (await change(setTagRule, { tag: name.trim(), ...matched })).setTagRule;
      const { createTag: created } = await change(createTag, { name: name.trim(), isShared });
      const isNew = (ruled ?? created).isNew;
      setName("");
      setRule(NO_RULE);
      const id = created.tag?.id;
      say(
        isNew ? words.added : words.existed(name.trim(), ruled?.replacedRule ?? null),
        id && isNew
          ? async () => {
              await change(deleteTag, { id });
              await reload();
            }
          : undefined,
      );
      await reload();
    });
  return (
    <section class="stack" aria-labelledby="tags">
      <div>
        <h2 id="tags">{words.title}</h2>
        <p class="small soft">{words.lead}</p>
      </div>
      {tags.length === 0 && <Empty title={words.empty} />}
      <ul class="stack-tight">
        {tags.map((tag) => (
          <TagCard key={tag.id} tag={tag} onChange={reload} />
        ))}
      </ul>
      <More later={later} />
      <form class="card stack" onSubmit={submitting(add)}>
        <Field label={words.name} value={name} onInput={setName} required maxLength={60} />
        <label class="choice">
          <input
            type="checkbox"
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {words.shared}
        </label>
        <RuleFields typed={rule} onInput={setRule} />
        <div class="row">
          <button type="submit" class="button" disabled={action.isBusy}>
            {words.add}
          </button>
        </div>
        <ProblemNote problem={action.problem} />
      </form>
    </section>
  );
}

function TagCard({ tag, onChange }: { tag: Tag; onChange: () => Promise<void> }) {
  const [isOpen, setOpen] = useState(false);
  const words = text.network.tags;
  return (
    <li>
      <details class="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="row">
          <span class="person-name">{tag.name}</span>
          <span class="soft small">{words.people(formatNumber(tag.peopleCount))}</span>
          {tag.isShared && <span class="badge">{tag.isOwn ? words.sharedBadge : words.ofOther}</span>}
        </summary>
        {isOpen && <Tagged tag={tag} onChange={onChange} />}
      </details>
    </li>
  );
}

function Tagged({ tag, onChange }: { tag: Tag; onChange: () => Promise<void> }) {
  const {
    nodes: people,
    later,
    problem,
    isLoading,
    reload,
  } = usePages(listTagged, { tag: tag.name }, (data) => data.listedPeople);
  const [who, setWho] = useState(NO_PERSON);
  const action = useAction();
  const words = text.network.tags;
  const refresh = async () => {
    await Promise.all([reload(), onChange()]);
  };
  const input = (id: string) => ({ tag: tag.name, people: [{ id }] });
  const add = () =>
    action.run(async () => {
      const added = { tag: tag.name, people: [referenceTo(who)] };
      await change(tagPeople, added);
      setWho(NO_PERSON);
      say(words.addedPerson(who.text.trim(), tag.name), async () => {
        await change(untagPeople, added);
        await refresh();
      });
      await refresh();
    });
  const remove = (id: string, name: string) =>
    action.run(async () => {
      await change(untagPeople, input(id));
      say(words.removedPerson(name, tag.name), async () => {
        await change(tagPeople, input(id));
        await refresh();
      });
      await refresh();
    });
  const removeTag = () =>
    action.run(async () => {
      const { listedPeople } = await read(listTagged, { tag: tag.name }, true);
      const ids = listedPeople?.nodes.map(({ person }) => person.id) ?? [];
      // a deletion can be taken back only if the page knows everybody whom the tag contains, each tagged by hand
      const isComplete = ids.length === tag.peopleCount && !tag.rule;
      await change(deleteTag, { id: tag.id });
      say(
        words.removed(tag.name),
        isComplete
          ? async () => {
              await change(createTag, { name: tag.name, isShared: tag.isShared });
              if (ids.length) await change(tagPeople, { tag: tag.name, people: ids.map((id) => ({ id })) });
              await onChange();
            }
          : undefined,
      );
      await onChange();
    });
  return (
    <div class="stack-tight tagged">
      {tag.rule && <p class="small">{tag.rule}</p>}
      {isLoading && <Waiting lines={1} />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {people.length < tag.peopleCount && !isLoading && !later.show && (
        <p class="small soft">{words.unlisted}</p>
      )}
      <ul class="people-list">
        {people.map(({ person }) => (
          <li key={person.id} class="person">
            <Avatar name={person.name} />
            <span class="person-text">
              <span class="person-name">{person.name}</span>
              <Job person={person} />
            </span>
            {tag.isOwn && (
              <button
                type="button"
                class="button quiet icon"
                aria-label={words.removePerson(person.name)}
                onClick={() => void remove(person.id, person.name)}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      <More later={later} />
      {tag.isOwn && (
        <form class="inline-form" onSubmit={submitting(add)}>
          <PersonField label={words.addPerson} value={who} onChange={setWho} />
          <button type="submit" class="button" disabled={action.isBusy}>
            {words.addPerson}
          </button>
          <button type="button" class="button" disabled={action.isBusy} onClick={() => void removeTag()}>
            {words.remove}
          </button>
        </form>
      )}
      <ProblemNote problem={action.problem} />
    </div>
  );
}
