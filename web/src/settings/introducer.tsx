import { useState } from "preact/hooks";
import { change } from "../api/client";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Field, ProblemNote, submitting } from "../design/parts";
import { type Preferences, setDigest, setPreferences } from "../documents/settings";
import { text } from "../strings";

type Chosen = NonNullable<Preferences["introducerPreferences"]>;

/** What the viewer accepts as introducer. The form replaces all of it. */
export function IntroducerForm(props: {
  preferences: Chosen;
  isDigestEnabled: boolean;
  onChange: () => Promise<void>;
}) {
  const { preferences, isDigestEnabled, onChange } = props;
  const [values, setValues] = useState(valuesOf(preferences));
  const action = useAction();
  const words = text.settings.introducer;
  const part = (changed: Partial<typeof values>) => setValues({ ...values, ...changed });
  const store = async (to: typeof values) => {
    await change(setPreferences, inputOf(to, preferences));
    await onChange();
  };
  const save = () =>
    action.run(async () => {
      const before = valuesOf(preferences);
      await store(values);
      say(words.saved, async () => {
        setValues(before);
        await store(before);
      });
    });
  const digest = (isEnabled: boolean) =>
    action.run(async () => {
      await change(setDigest, { isEnabled });
      say(words.digestSaved, async () => {
        await change(setDigest, { isEnabled: !isEnabled });
        await onChange();
      });
      await onChange();
    });
  return (
    <form class="card stack" onSubmit={submitting(save)}>
      <div>
        <h2>{words.title}</h2>
        <p class="soft small">{words.lead}</p>
      </div>
      <Field
        label={words.monthlyCap}
        hint={words.capHint}
        type="number"
        value={values.monthlyCap}
        onInput={(monthlyCap) => part({ monthlyCap })}
      />
      <Field
        label={words.monthlyCapPerAsker}
        hint={words.capHint}
        type="number"
        value={values.monthlyCapPerAsker}
        onInput={(monthlyCapPerAsker) => part({ monthlyCapPerAsker })}
      />
      <Field
        label={words.notBefore}
        type="date"
        value={values.notBefore}
        onInput={(notBefore) => part({ notBefore })}
      />
      <div class="inline-form">
        <Field
          label={words.quietFrom}
          type="time"
          value={values.startsAt}
          onInput={(startsAt) => part({ startsAt })}
        />
        <Field
          label={words.quietTo}
          type="time"
          value={values.endsAt}
          onInput={(endsAt) => part({ endsAt })}
        />
      </div>
      <Field
        label={words.noGoPeople}
        rows={2}
        value={values.noGoPeople}
        onInput={(noGoPeople) => part({ noGoPeople })}
      />
      <Field
        label={words.noGoCompanies}
        rows={2}
        value={values.noGoCompanies}
        onInput={(noGoCompanies) => part({ noGoCompanies })}
      />
      <ProblemNote problem={action.problem} />
      <div class="row">
        <button type="submit" class="button primary" disabled={action.isBusy}>
          {words.save}
        </button>
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={isDigestEnabled}
          disabled={action.isBusy}
          onChange={(event) => void digest(event.currentTarget.checked)}
        />
        {words.digest}
      </label>
    </form>
  );
}

function valuesOf(preferences: Chosen) {
  const { monthlyCap, monthlyCapPerAsker, notBefore, quietHours, noGoIdentities, noGoCompanies } =
    preferences;
  return {
    monthlyCap: String(monthlyCap ?? ""),
    monthlyCapPerAsker: String(monthlyCapPerAsker ?? ""),
    notBefore: notBefore?.slice(0, 10) ?? "",
    startsAt: quietHours?.startsAt.slice(0, 5) ?? "",
    endsAt: quietHours?.endsAt.slice(0, 5) ?? "",
    noGoPeople: noGoIdentities.join("\n"),
    noGoCompanies: noGoCompanies.join("\n"),
  };
}

function inputOf(values: ReturnType<typeof valuesOf>, { quietHours }: Chosen) {
  const { startsAt, endsAt, notBefore } = values;
  const timeZone = quietHours?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    monthlyCap: numberOf(values.monthlyCap),
    monthlyCapPerAsker: numberOf(values.monthlyCapPerAsker),
    notBefore: notBefore ? `${notBefore}T00:00:00Z` : null,
    quietHours: startsAt && endsAt ? { startsAt, endsAt, timeZone } : null,
    noGoPeople: linesOf(values.noGoPeople).map((line) => ({ text: line })),
    noGoCompanies: linesOf(values.noGoCompanies),
  };
}

function numberOf(value: string): number | null {
  return value === "" ? null : Number(value);
}

function linesOf(value: string): string[] {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
