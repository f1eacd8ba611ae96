import { linesOf } from "../app/lines";
import { Field } from "../design/parts";
import type { TagRuleInput } from "../documents/insights";
import { text } from "../strings";

type Channel = NonNullable<TagRuleInput["channels"]>[number];
type SourceKind = NonNullable<TagRuleInput["sourceKinds"]>[number];
type Label = NonNullable<TagRuleInput["minStrengthLabel"]>;

const LISTS = ["companies", "domains", "schools", "groups"] as const;

export const NO_RULE = {
  companies: "",
  domains: "",
  schools: "",
  groups: "",
  studiedFrom: "",
  studiedUntil: "",
  channel: "",
  sourceKind: "",
  label: "",
};

export type TypedRule = typeof NO_RULE;

/** The rule as the service takes it. Null if nothing is typed. */
export function ruleOf(typed: TypedRule): Omit<TagRuleInput, "tag"> | null {
  if (Object.values(typed).every((value) => !value.trim())) return null;
  const year = (value: string) => (value.trim() ? Number(value) : null);
  return {
    companies: linesOf(typed.companies),
    domains: linesOf(typed.domains),
    schools: linesOf(typed.schools),
    groups: linesOf(typed.groups),
    studiedFrom: year(typed.studiedFrom),
    studiedUntil: year(typed.studiedUntil),
    channels: typed.channel ? [typed.channel as Channel] : [],
    sourceKinds: typed.sourceKind ? [typed.sourceKind as SourceKind] : [],
    minStrengthLabel: (typed.label || null) as Label | null,
  };
}

/** The parts of a rule. A person matches who matches each part that is filled in. */
export function RuleFields({ typed, onInput }: { typed: TypedRule; onInput: (typed: TypedRule) => void }) {
  const words = text.network.tags.rule;
  const set = (key: keyof TypedRule) => (value: string) => onInput({ ...typed, [key]: value });
  const channels = Object.entries(text.channels).map(([key, [name]]) => [key, name] as const);
  return (
    <details class="stack-tight">
      <summary class="disclosure">{words.title}</summary>
      <p class="small soft">{words.lead}</p>
      {LISTS.map((key) => (
        <Field key={key} label={words[key]} rows={2} value={typed[key]} onInput={set(key)} />
      ))}
      <div class="inline-form">
        <Field
          label={words.studiedFrom}
          type="number"
          value={typed.studiedFrom}
          onInput={set("studiedFrom")}
        />
        <Field
          label={words.studiedUntil}
          type="number"
          value={typed.studiedUntil}
          onInput={set("studiedUntil")}
        />
      </div>
      <Choice label={words.channel} value={typed.channel} options={channels} onChange={set("channel")} />
      <Choice
        label={words.sourceKind}
        value={typed.sourceKind}
        options={Object.entries(text.sourceKinds).filter(([kind]) => kind !== "OTHER")}
        onChange={set("sourceKind")}
      />
      <Choice
        label={words.strength}
        value={typed.label}
        options={Object.entries(text.strength)}
        onChange={set("label")}
      />
    </details>
  );
}

function Choice(props: {
  label: string;
  value: string;
  options: (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  return (
    <label class="choice">
      {label}
      <select class="narrow" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{text.network.tags.rule.any}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
