import { change } from "../api/client";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { ProblemNote } from "../design/parts";
import { type AnswerOf, createStatement, withdrawStatement } from "../documents/asking";
import { text } from "../strings";
import { Chain, type ChainPerson } from "./chain";
import { Connectors } from "./sections";

/** Why there is no route, as the chain that came nearest with the link that fails. */
export function RefusalCard({
  refusal,
  onChange,
}: {
  refusal: AnswerOf<"Refusal">;
  onChange: () => Promise<void>;
}) {
  const { nearestMiss: miss, reason, target } = refusal;
  return (
    <>
      <section class="card stack" aria-labelledby="refusal">
        <h2 id="refusal" class="answer-title">
          {text.ask.refused.title(target.name)}
        </h2>
        <p>{reasonOf(refusal.message, text.ask.refused.title(target.name))}</p>
        {miss ? (
          <Chain
            people={brokenChain(miss, text.ask.refused.reasons[reason])}
            label={text.ask.refused.chain}
          />
        ) : (
          <p class="soft">{text.ask.refused.noChain}</p>
        )}
        <div class="repair stack-tight">
          <h3>{text.ask.refused.repair}</h3>
          <p>{refusal.suggestion}</p>
          <div class="row">
            {miss && reason !== "DO_NOT_ROUTE" && reason !== "SCORES_TOO_LOW" && (
              <StateTie
                from={miss.fromPerson}
                to={miss.toPerson}
                viewerId={miss.people[0]?.id}
                onChange={onChange}
              />
            )}
            <a class="button quiet" href="/sources">
              {text.ask.refused.addSource}
            </a>
          </div>
        </div>
      </section>
      <Connectors connectors={refusal.possibleConnectors} />
    </>
  );
}

/** The sentence without the words that the heading says already. */
function reasonOf(message: string, heading: string): string {
  const reason = message.startsWith(`${heading}: `) ? message.slice(heading.length + 2) : message;
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

type Miss = NonNullable<AnswerOf<"Refusal">["nearestMiss"]>;

/** The people of a chain, with the mark between the two whose link fails. */
export function brokenChain(miss: Miss, reason: string): ChainPerson[] {
  const ends = [miss.fromPerson.id, miss.toPerson.id];
  return miss.people.map((person, index) => {
    const next = miss.people[index + 1];
    const isBroken = !!next && ends.includes(person.id) && ends.includes(next.id);
    const isLast = index === miss.people.length - 1;
    return {
      person,
      kind: index === 0 ? "you" : isLast ? "target" : "person",
      isBroken,
      below: isLast ? undefined : isBroken ? (
        <Break reason={reason} />
      ) : (
        <span class="plain-link" aria-hidden="true" />
      ),
    };
  });
}

function Break({ reason }: { reason: string }) {
  return (
    <p class="break">
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <circle cx="12" cy="12" r="12" />
        <path d="m8 8 8 8m0-8-8 8" />
      </svg>
      <span>
        {text.ask.refused.broken}: <strong>{reason}</strong>
      </span>
    </p>
  );
}

interface End {
  id: string;
  name: string;
}

function StateTie(props: {
  from: End;
  to: End;
  viewerId: string | undefined;
  onChange: () => Promise<void>;
}) {
  const { from, to, viewerId, onChange } = props;
  const action = useAction();
  const nameOf = (person: End) => (person.id === viewerId ? text.you.toLowerCase() : person.name);
  const statement = { fromPersonId: from.id, toPersonId: to.id, kind: "KNOWS" as const };
  const state = () =>
    action.run(async () => {
      await change(createStatement, statement);
      say(text.ask.refused.stated(nameOf(from), nameOf(to)), async () => {
        await change(withdrawStatement, statement);
        await onChange();
      });
      await onChange();
    });
  return (
    <>
      <button type="button" class="button" disabled={action.isBusy} onClick={() => void state()}>
        {text.ask.refused.state(nameOf(from), nameOf(to))}
      </button>
      <ProblemNote problem={action.problem} />
    </>
  );
}
