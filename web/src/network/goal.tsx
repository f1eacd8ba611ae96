import { useState } from "preact/hooks";
import { change } from "../api/client";
import { useRead } from "../api/use-read";
import { linesOf } from "../app/lines";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Empty, Field, ProblemNote, Waiting } from "../design/parts";
import { type Goal, readGoal, setGoal } from "../documents/insights";
import { text } from "../strings";

type Stored = Goal["goal"];
type Purpose = Stored["purpose"];
type Stage = Stored["stage"];

const JOB_STAGES: Stage[] = ["EARLY_CAREER", "MID_CAREER", "SENIOR"];
const OTHER_STAGES: Stage[] = ["STARTING", "ESTABLISHED"];
const stagesOf = (purpose: Purpose) => (purpose === "JOB_SEARCH" ? JOB_STAGES : OTHER_STAGES);

export function GoalTab({ tag }: { tag: string | null }) {
  const { data, problem, isLoading, reload } = useRead(readGoal, { tag });
  const [isEdited, setEdited] = useState(false);
  const action = useAction();
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const words = text.network.goal;
  const shown = data?.networkGoal ?? null;
  const before = shown?.goal ?? null;
  const store = (goal: Stored | null) =>
    action.run(async () => {
      await change(setGoal, { goal });
      say(goal ? words.saved : words.removed, async () => {
        await change(setGoal, { goal: before });
        await reload();
      });
      setEdited(false);
      await reload();
    });
  return (
    <section class="stack" aria-labelledby="goal">
      <h2 id="goal">{words.title}</h2>
      {!shown && !isEdited && (
        <Empty title={words.empty} lead={words.lead}>
          <button type="button" class="button primary" onClick={() => setEdited(true)}>
            {words.edit}
          </button>
        </Empty>
      )}
      {shown && !isEdited && <Measured goal={shown} />}
      {isEdited && (
        <GoalForm
          goal={before}
          isBusy={action.isBusy}
          onSave={(goal) => void store(goal)}
          onCancel={() => setEdited(false)}
        />
      )}
      <ProblemNote problem={action.problem} />
      {shown && !isEdited && (
        <div class="row">
          <button type="button" class="button" onClick={() => setEdited(true)}>
            {words.edit}
          </button>
          <button type="button" class="button" disabled={action.isBusy} onClick={() => void store(null)}>
            {words.remove}
          </button>
        </div>
      )}
    </section>
  );
}

function Measured({ goal }: { goal: Goal }) {
  const words = text.network.goal;
  return (
    <>
      <p class="headline">
        {words.purposes[goal.goal.purpose]}, {words.stages[goal.goal.stage]}. {goal.message}
      </p>
      <ul class="stack-tight">
        {goal.targets.map((target) => (
          <li key={target.kind + target.name} class="card stack-tight">
            <h3>{target.name}</h3>
            <p>{target.message}</p>
            {target.introducers.length > 0 && (
              <p class="small soft">
                {words.through(target.introducers.map(({ person }) => person.name).join(", "))}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="soft small">{goal.adviceMessage}</p>
    </>
  );
}

function GoalForm(props: {
  goal: Stored | null;
  isBusy: boolean;
  onSave: (goal: Stored) => void;
  onCancel: () => void;
}) {
  const { goal, isBusy, onSave, onCancel } = props;
  const [purpose, setPurpose] = useState<Purpose>(goal?.purpose ?? "JOB_SEARCH");
  const [stage, setStage] = useState<Stage>(goal?.stage ?? "MID_CAREER");
  const [lists, setLists] = useState({
    companies: goal?.companies.join("\n") ?? "",
    roles: goal?.roles.join("\n") ?? "",
    fields: goal?.fields.join("\n") ?? "",
  });
  const words = text.network.goal;
  const choose = (next: Purpose) => {
    setPurpose(next);
    const stages = stagesOf(next);
    if (!stages.includes(stage) && stages[0]) setStage(stages[0]);
  };
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        const { companies, roles, fields } = lists;
        onSave({
          purpose,
          stage,
          companies: linesOf(companies),
          roles: linesOf(roles),
          fields: linesOf(fields),
        });
      }}
    >
      <label class="field">
        <span>{words.purpose}</span>
        <select value={purpose} onChange={(event) => choose(event.currentTarget.value as Purpose)}>
          {Object.entries(words.purposes).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{words.stage}</span>
        <select value={stage} onChange={(event) => setStage(event.currentTarget.value as Stage)}>
          {stagesOf(purpose).map((key) => (
            <option key={key} value={key}>
              {words.stages[key]}
            </option>
          ))}
        </select>
      </label>
      {(["companies", "roles", "fields"] as const).map((key) => (
        <Field
          key={key}
          label={words[key]}
          rows={2}
          value={lists[key]}
          onInput={(value) => setLists({ ...lists, [key]: value })}
        />
      ))}
      <div class="row">
        <button type="submit" class="button primary" disabled={isBusy}>
          {words.save}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {text.cancel}
        </button>
      </div>
    </form>
  );
}
