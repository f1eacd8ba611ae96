import { useState } from "preact/hooks";
import { change } from "../api/client";
import type { ResultOf } from "../api/graphql";
import { useRead } from "../api/use-read";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Field, ProblemNote, submitting, Waiting } from "../design/parts";
import { readTeamSettings, setLeaving, setPrivacy, setVisibility } from "../documents/team";
import { text } from "../strings";

type Read = ResultOf<typeof readTeamSettings>;
type Privacy = Read["privacySettings"];
type Network = NonNullable<Read["network"]>;

export function NetworkSettingsTab() {
  const { data, problem, isLoading, reload } = useRead(readTeamSettings, {});
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  return (
    <>
      <PrivacyForm privacy={data?.privacySettings ?? null} onChange={reload} />
      {data?.network && <Policies network={data.network} onChange={reload} />}
    </>
  );
}

function PrivacyForm({ privacy, onChange }: { privacy: Privacy; onChange: () => Promise<void> }) {
  const before = {
    controller: privacy?.controller ?? "",
    contact: privacy?.contact ?? "",
    legalBasis: privacy?.legalBasis ?? "",
    retentionMonths: String(privacy?.retentionMonths ?? 0),
  };
  const [values, setValues] = useState(before);
  const action = useAction();
  const words = text.team.settings;
  const part = (changed: Partial<typeof values>) => setValues({ ...values, ...changed });
  const store = async (to: typeof values) => {
    await change(setPrivacy, { ...to, retentionMonths: Number(to.retentionMonths) });
    await onChange();
  };
  const save = () =>
    action.run(async () => {
      await store(values);
      const undo = async () => {
        setValues(before);
        await store(before);
      };
      say(words.saved, privacy ? undo : undefined);
    });
  return (
    <form class="card stack" onSubmit={submitting(save)}>
      <div>
        <h2>{words.privacy}</h2>
        <p class="soft small">{words.privacyLead}</p>
      </div>
      <Field
        label={words.controller}
        value={values.controller}
        onInput={(controller) => part({ controller })}
        required
      />
      <Field label={words.contact} value={values.contact} onInput={(contact) => part({ contact })} required />
      <Field
        label={words.legalBasis}
        value={values.legalBasis}
        onInput={(legalBasis) => part({ legalBasis })}
        required
      />
      <Field
        label={words.retention}
        hint={words.retentionHint}
        type="number"
        value={values.retentionMonths}
        onInput={(retentionMonths) => part({ retentionMonths })}
        required
      />
      <ProblemNote problem={action.problem} />
      <div class="row">
        <button type="submit" class="button primary" disabled={action.isBusy}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

function Policies({ network, onChange }: { network: Network; onChange: () => Promise<void> }) {
  const action = useAction();
  const words = text.team.settings;
  const visibilities = ["IMMEDIATE", "AFTER_CONSENT"] as const;
  const policies = ["REMOVE", "KEEP"] as const;
  const apply = (doIt: () => Promise<unknown>, undo: () => Promise<unknown>) =>
    action.run(async () => {
      await doIt();
      say(words.changed, async () => {
        await undo();
        await onChange();
      });
      await onChange();
    });
  const choose = (introducerVisibility: Network["introducerVisibility"]) =>
    apply(
      () => change(setVisibility, { introducerVisibility }),
      () => change(setVisibility, { introducerVisibility: network.introducerVisibility }),
    );
  const keep = (leavingPolicy: Network["leavingPolicy"]) =>
    apply(
      () => change(setLeaving, { leavingPolicy }),
      () => change(setLeaving, { leavingPolicy: network.leavingPolicy }),
    );
  return (
    <div class="card stack">
      <fieldset class="field">
        <legend>{words.visibility}</legend>
        {visibilities.map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="visibility"
              checked={network.introducerVisibility === each}
              onChange={() => void choose(each)}
            />
            {words.visibilities[each]}
          </label>
        ))}
      </fieldset>
      <fieldset class="field">
        <legend>{words.leaving}</legend>
        {policies.map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="leaving"
              checked={network.leavingPolicy === each}
              onChange={() => void keep(each)}
            />
            {words.policies[each]}
          </label>
        ))}
      </fieldset>
      <ProblemNote problem={action.problem} />
    </div>
  );
}
