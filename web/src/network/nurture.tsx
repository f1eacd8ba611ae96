import { useState } from "preact/hooks";
import { change, read } from "../api/client";
import type { ResultOf } from "../api/graphql";
import { type Later, usePages } from "../api/use-pages";
import { useRead } from "../api/use-read";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { NO_PERSON, PersonField, referenceTo } from "../design/combobox";
import { Avatar, Empty, Field, Job, More, ProblemNote, Strength, submitting, Waiting } from "../design/parts";
import {
  type ContactPlan,
  deleteContactPlan,
  listNurture,
  listPlans,
  type Nurture,
  respondToNurture,
  restoreContactPlan,
  setContactPlan,
} from "../documents/insights";
import { formatDay, text } from "../strings";

const SNOOZE_DAYS = 30;
type Response = "DONE" | "SNOOZE" | "NEVER";

export function NurtureTab({ tag = null }: { tag?: string | null }) {
  const { data, problem, isLoading, reload } = useRead(listNurture, { tag });
  const plans = usePages(listPlans, {}, (data) => data.contactPlans);
  if (isLoading || plans.isLoading) return <Waiting lines={4} />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const suggestions = data?.nurtureSuggestions?.nodes ?? [];
  const refresh = async () => {
    await Promise.all([reload(), plans.reload()]);
  };
  const readPlans = async () => (plans.later.show ? readAllPlans() : plans.nodes);
  return (
    <>
      <section class="stack-tight" aria-labelledby="this-week">
        <h2 id="this-week">{text.network.nurture.title}</h2>
        <p class="small soft">{text.network.nurture.lead}</p>
        {suggestions.length === 0 && (
          <Empty title={text.network.nurture.empty} lead={text.network.nurture.emptyLead} />
        )}
        <ul class="stack">
          {suggestions.map((suggestion) => (
            <Suggestion
              key={suggestion.id}
              suggestion={suggestion}
              readPlans={readPlans}
              onChange={refresh}
            />
          ))}
        </ul>
      </section>
      <ProblemNote problem={plans.problem} retry={() => void plans.reload()} />
      <Plans plans={plans.nodes} later={plans.later} readPlans={readPlans} onChange={refresh} />
    </>
  );
}

interface SuggestionProps {
  suggestion: Nurture;
  /** Every plan of the viewer, also those that are not shown yet. */
  readPlans: () => Promise<ContactPlan[]>;
  onChange: () => Promise<void>;
}

function Suggestion({ suggestion, readPlans, onChange }: SuggestionProps) {
  const action = useAction();
  const words = text.network.nurture;
  const { person, otherPerson, strengthLabel, strengthLabelAfterContact: after } = suggestion;
  const respond = (response: Response) =>
    action.run(async () => {
      const plans = await readPlans();
      const { respondToNurtureSuggestion } = await change(respondToNurture, {
        person: { id: person.id },
        otherPerson: otherPerson && { id: otherPerson.id },
        response,
        until: response === "SNOOZE" ? inDays(SNOOZE_DAYS) : null,
      });
      const { id } = respondToNurtureSuggestion.contactPlan;
      say(words.said[response], undoOf(id, plans, onChange));
      await onChange();
    });
  return (
    <li class="card stack-tight">
      <div class="person nurture-person">
        <Avatar name={person.name} />
        <span class="person-text">
          <h3 class="person-name">
            {otherPerson ? words.introduce(person.name, otherPerson.name) : person.name}
          </h3>
          {!otherPerson && <Job person={person} />}
        </span>
        {strengthLabel && <Strength label={strengthLabel} />}
      </div>
      <p>{suggestion.message}</p>
      <p class="small soft">
        {suggestion.evidence}.{" "}
        {after !== strengthLabel && !otherPerson && words.afterContact(text.strength[after])}
      </p>
      {suggestion.note && <p class="small">{suggestion.note}</p>}
      <div class="row">
        <button
          type="button"
          class="button primary small"
          disabled={action.isBusy}
          onClick={() => void respond("DONE")}
        >
          {words.done}
        </button>
        <button
          type="button"
          class="button small"
          disabled={action.isBusy}
          onClick={() => void respond("SNOOZE")}
        >
          {words.snooze}
        </button>
        <button
          type="button"
          class="button small"
          disabled={action.isBusy}
          onClick={() => void respond("NEVER")}
        >
          {words.never}
        </button>
      </div>
      <ProblemNote problem={action.problem} />
    </li>
  );
}

const NEW_PLAN = { person: NO_PERSON, everyDays: "90", note: "" };

function Plans(props: {
  plans: ContactPlan[];
  later: Later;
  readPlans: () => Promise<ContactPlan[]>;
  onChange: () => Promise<void>;
}) {
  const { plans, later, readPlans, onChange } = props;
  const [plan, setPlan] = useState(NEW_PLAN);
  const action = useAction();
  const words = text.network.nurture;
  const part = (changed: Partial<typeof plan>) => setPlan({ ...plan, ...changed });
  const add = () =>
    action.run(async () => {
      const before = await readPlans();
      const { setContactPlan: stored } = await change(setContactPlan, {
        person: referenceTo(plan.person),
        everyDays: Number(plan.everyDays),
        note: plan.note.trim() || null,
      });
      setPlan(NEW_PLAN);
      say(words.added, undoOf(stored.contactPlan.id, before, onChange));
      await onChange();
    });
  return (
    <section class="stack-tight" aria-labelledby="plans">
      <h2 id="plans">{words.plans}</h2>
      {plans.length === 0 && <p class="soft">{words.plansEmpty}</p>}
      <ul class="people-list">
        {plans.map((each) => (
          <Plan key={each.id} plan={each} onChange={onChange} />
        ))}
      </ul>
      <More later={later} />
      <form class="card inline-form" onSubmit={submitting(add)}>
        <PersonField label={words.person} value={plan.person} onChange={(person) => part({ person })} />
        <Field
          label={words.everyDays}
          type="number"
          value={plan.everyDays}
          onInput={(everyDays) => part({ everyDays })}
          required
        />
        <Field label={words.note} value={plan.note} onInput={(note) => part({ note })} maxLength={2000} />
        <button type="submit" class="button" disabled={action.isBusy}>
          {words.add}
        </button>
        <ProblemNote problem={action.problem} />
      </form>
    </section>
  );
}

function Plan({ plan, onChange }: { plan: ContactPlan; onChange: () => Promise<void> }) {
  const action = useAction();
  const words = text.network.nurture;
  const { person, otherPerson, isAboutTwo, everyDays, note, snoozedUntil, neverSince } = plan;
  const gone = text.network.prune.gone;
  const name = isAboutTwo
    ? words.introduce(person?.name ?? gone, otherPerson?.name ?? gone)
    : (person?.name ?? gone);
  const remove = () =>
    action.run(async () => {
      await change(deleteContactPlan, { id: plan.id });
      const canRestore = person && (otherPerson || !isAboutTwo);
      say(words.removed, canRestore ? () => restore(plan, onChange) : undefined);
      await onChange();
    });
  return (
    <li class="person">
      <Avatar name={name} />
      <span class="person-text">
        <span class="person-name">{name}</span>
        <span class="small soft">
          {[
            everyDays && words.every(everyDays),
            snoozedUntil && words.snoozedUntil(formatDay(snoozedUntil)),
            neverSince && words.neverSince,
            note,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <button type="button" class="button small" disabled={action.isBusy} onClick={() => void remove()}>
        {words.remove}
        <span class="visually-hidden"> {name}</span>
      </button>
      <ProblemNote problem={action.problem} />
    </li>
  );
}

async function readAllPlans(): Promise<ContactPlan[]> {
  const plans: ContactPlan[] = [];
  let after: string | null = null;
  do {
    const { contactPlans: page }: ResultOf<typeof listPlans> = await read(listPlans, { after }, true);
    plans.push(...(page?.nodes ?? []));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return plans;
}

/** What undoes the change of a plan: it stores what the plan said before, or deletes a new plan. */
function undoOf(id: string, plans: ContactPlan[], onChange: () => Promise<void>): () => Promise<void> {
  const before = plans.find((plan) => plan.id === id);
  return () => (before ? restore(before, onChange) : takeBack(id, onChange));
}

/** Stores what a plan said before the last change. */
async function restore(before: ContactPlan, onChange: () => Promise<void>): Promise<void> {
  const { person, otherPerson, everyDays, note, snoozedUntil, doneOn, neverSince } = before;
  if (!person) return;
  await change(restoreContactPlan, {
    person: { id: person.id },
    otherPerson: otherPerson && { id: otherPerson.id },
    everyDays,
    note,
    snoozedUntil,
    doneOn,
    neverSince,
  });
  await onChange();
}

/** Deletes a plan that the last change created. */
async function takeBack(id: string, onChange: () => Promise<void>): Promise<void> {
  await change(deleteContactPlan, { id });
  await onChange();
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
