import { Strength } from "../design/parts";
import type { Answer, AnswerOf } from "../documents/asking";
import type { Person, Route, StrengthLabel } from "../documents/fragments";
import { text } from "../strings";
import { Chain } from "./chain";
import type { Link } from "./links";
import { RefusalCard } from "./refusal";
import { AlternativeRoute, BestRoute } from "./route-card";
import { Basis, Choices, Connectors, Duplicates, NotSuggested } from "./sections";
import { TieRow } from "./tie-details";

interface Props {
  answer: Answer;
  /** What was asked for, as the viewer wrote it. */
  asked: string;
  viewerId: string | undefined;
  onChoose: (person: Person) => void;
  onRequest: (target: Person, route: Route | null) => void;
  onPicture: (route: Route) => void;
  onChange: () => Promise<void>;
}

/** The answer about one target: one view for each member of the union. */
export function AnswerView(props: Props) {
  const { answer, asked, onChoose, onChange } = props;
  switch (answer.__typename) {
    case "Introductions":
      return (
        <>
          <Routes {...props} answer={answer} routes={answer.routes} isBestOpen />
          <Rest answer={answer} onChange={onChange} />
        </>
      );
    case "AlreadyKnown":
      return (
        <>
          <Known {...props} answer={answer} />
          <Rest answer={answer} onChange={onChange} />
        </>
      );
    case "Refusal":
      return (
        <>
          <RefusalCard refusal={answer} onChange={onChange} />
          <Rest answer={answer} onChange={onChange} />
        </>
      );
    case "AmbiguousTarget":
      return (
        <section class="stack" aria-labelledby="choose">
          <h2 id="choose" class="answer-title">
            {text.ask.ambiguous.title(answer.candidates[0]?.person.name ?? asked)}
          </h2>
          <p class="soft">{text.ask.ambiguous.lead(answer.candidates.length)}</p>
          <Choices candidates={answer.candidates} onChoose={onChoose} />
        </section>
      );
    case "UnknownTarget":
      return <Unknown {...props} answer={answer} />;
  }
}

function Routes(
  props: Props & {
    answer: { isComplete: boolean; withheldStrengthLabel: StrengthLabel | null; target: Person };
    routes: Route[];
    isBestOpen: boolean;
  },
) {
  const { answer, routes, isBestOpen, viewerId, onRequest, onPicture } = props;
  const [best, ...others] = routes;
  const shared = { viewerId, onPicture, onRequest: (route: Route) => onRequest(answer.target, route) };
  const listed = isBestOpen ? others : routes;
  return (
    <>
      {isBestOpen && best && <BestRoute route={best} {...shared} />}
      {answer.withheldStrengthLabel && (
        <div class="notice">
          <p>{text.ask.found.withheld(text.strength[answer.withheldStrengthLabel])}</p>
          <button type="button" class="button small" onClick={() => onRequest(answer.target, null)}>
            {text.ask.found.requestWithheld}
          </button>
        </div>
      )}
      {listed.length > 0 && (
        <section class="stack-tight" aria-labelledby="alternatives">
          <h2 id="alternatives">{isBestOpen ? text.ask.found.alternatives : text.ask.known.routes}</h2>
          {listed.map((route) => (
            <AlternativeRoute key={route.introducers.map(({ id }) => id).join()} route={route} {...shared} />
          ))}
        </section>
      )}
      {!answer.isComplete && (
        <p class="notice" data-kind="warn">
          {text.ask.found.incomplete}
        </p>
      )}
    </>
  );
}

function Known(props: Props & { answer: AnswerOf<"AlreadyKnown"> }) {
  const { answer, viewerId } = props;
  const { target, step } = answer;
  const link: Link = {
    near: step.toPerson,
    far: target,
    ties: [step],
    label: step.strengthLabel,
    isWeakest: false,
    isColleague: false,
  };
  return (
    <>
      <section class="card stack" aria-labelledby="known">
        <div class="row between">
          <h2 id="known" class="answer-title">
            {text.ask.known.title(target.name)}
          </h2>
          <Strength label={step.strengthLabel} />
        </div>
        <p>{text.ask.known[contactWith(step)](target.name)}</p>
        <Chain
          label={text.ask.known.title(target.name)}
          people={[
            { person: step.toPerson, kind: "you", below: <TieRow link={link} viewerId={viewerId} /> },
            { person: target, kind: "target" },
          ]}
        />
      </section>
      <Routes {...props} answer={answer} routes={answer.routes} isBestOpen={false} />
    </>
  );
}

function Unknown({ answer, asked, onChoose }: Props & { answer: AnswerOf<"UnknownTarget"> }) {
  const { onlyCandidate, similarPeople, possibleConnectors, message } = answer;
  const similar = similarPeople.map((person) => ({ person }));
  return (
    <>
      <section class="card stack" aria-labelledby="unknown">
        <h2 id="unknown" class="answer-title">
          {text.ask.unknown.title(asked)}
        </h2>
        <p>{message}</p>
        {similar.length > 0 && (
          <>
            <h3>{text.ask.unknown.didYouMean}</h3>
            <Choices candidates={similar} onChoose={onChoose} />
          </>
        )}
        {onlyCandidate && (
          <>
            <h3>{text.ask.unknown.only}</h3>
            <Choices candidates={[onlyCandidate]} onChoose={onChoose} />
          </>
        )}
        <p class="soft small">{text.ask.unknown.lead}</p>
        <div class="row">
          <a class="button" href="/sources">
            {text.ask.refused.addSource}
          </a>
        </div>
      </section>
      <Connectors connectors={possibleConnectors} />
    </>
  );
}

function contactWith(step: { isAsleep: boolean; isUnreachable: boolean }) {
  if (step.isUnreachable) return "unreachable";
  return step.isAsleep ? "asleep" : "lead";
}

function Rest({
  answer,
  onChange,
}: {
  answer: AnswerOf<"Introductions"> | AnswerOf<"AlreadyKnown"> | AnswerOf<"Refusal">;
  onChange: () => Promise<void>;
}) {
  return (
    <>
      <NotSuggested kind="asleep" introducers={answer.asleepIntroducers} />
      <NotSuggested kind="unreachable" introducers={answer.unreachableIntroducers} />
      <Duplicates answer={answer} onChange={onChange} />
      <Basis answer={answer} />
    </>
  );
}
