import { useState } from "preact/hooks";
import { change, read } from "../api/client";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Avatar, Job, ProblemNote } from "../design/parts";
import { createNextRequest, type Request, readNextRoute, updateRequest } from "../documents/requesting";
import { formatDay, text } from "../strings";
import { RequestActions } from "./actions";
import { NextMessage } from "./next-message";
import { RequestTexts, type Texts, textsOf } from "./texts";

const GOOD = ["ACCEPTED", "MENTION_ONLY", "TARGET_AGREED", "INTRODUCED", "CLOSED"];
const ENDED = ["DECLINED", "TARGET_DECLINED", "WITHDRAWN", "EXPIRED", "REDIRECTED"];
const HAS_NEXT = ["DECLINED", "REDIRECTED", "EXPIRED"];

/** One request with its state, what can be done, its texts and its history. */
export function RequestCard({ request, onChange }: { request: Request; onChange: () => Promise<void> }) {
  const { status, role, target } = request;
  const introducer = request.isIntroducerHidden ? text.requests.hiddenIntroducer : request.introducer.name;
  const isAsker = role === "ASKER";
  const hiddenNote = isAsker
    ? text.requests.hiddenNoteAsker
    : text.requests.hiddenNoteIntroducer(request.askerName);
  return (
    <li class="card stack request">
      <div class="person">
        <Avatar name={target.name} kind="target" />
        <span class="person-text">
          <h2 class="person-name">
            {isAsker
              ? text.requests.titleAsker(introducer, target.name)
              : text.requests.titleIntroducer(request.askerName, target.name)}
          </h2>
          <Job person={target} />
        </span>
        <span
          class="badge"
          data-kind={GOOD.includes(status) ? "good" : ENDED.includes(status) ? "broken" : undefined}
        >
          {text.requests.status[status]}
        </span>
      </div>
      <p class="small soft">
        {text.requests.statusMeaning[status]}
        {request.expiresAt &&
          status !== "EXPIRED" &&
          ` ${text.requests.expires(formatDay(request.expiresAt))}.`}
        {request.redirectedTo && ` ${text.requests.redirectedTo(request.redirectedTo)}.`}
        {request.outcome && ` ${text.requests.outcome(text.requests.outcomes[request.outcome])}.`}
      </p>
      {request.isIntroducerHidden && status === "SENT" && <p class="small soft">{hiddenNote}</p>}
      {request.suggestedOutcome && (
        <p class="notice">
          {request.suggestedOutcome.evidence}{" "}
          {text.requests.suggestedOutcome(text.requests.outcomes[request.suggestedOutcome.outcome])}.
        </p>
      )}
      <NextMessage request={request} />
      {status === "DRAFT" ? (
        <DraftTexts request={request} onChange={onChange} />
      ) : (
        <ReadTexts request={request} />
      )}
      <RequestActions request={request} onChange={onChange} />
      {isAsker && HAS_NEXT.includes(status) && <NextRoute request={request} onChange={onChange} />}
      <details class="small">
        <summary class="soft disclosure">{text.requests.history}</summary>
        <ol>
          {request.transitions.map((each) => (
            <li key={each.occurredAt + each.action}>
              {formatDay(each.occurredAt)}: {text.requests.status[each.status]}
              {each.role && ` (${text.requests.by[each.role]})`}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

function ReadTexts({ request }: { request: Request }) {
  const parts = [
    [text.requests.texts.reason, request.reasonForIntroducer],
    [text.requests.texts.benefit, request.benefitForTarget],
    [text.requests.texts.note, request.forwardableNote],
  ];
  return (
    <details class="small" open={request.role === "INTRODUCER" && request.status === "SENT"}>
      <summary class="soft disclosure">{text.requests.textsTitle}</summary>
      <dl class="texts">
        {parts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </details>
  );
}

function DraftTexts({ request, onChange }: { request: Request; onChange: () => Promise<void> }) {
  const [texts, setTexts] = useState<Texts>(textsOf(request));
  const action = useAction();
  const before = textsOf(request);
  const isChanged = JSON.stringify(texts) !== JSON.stringify(before);
  const save = (to: Texts) =>
    action.run(async () => {
      await change(updateRequest, { id: request.id, ...to });
      await onChange();
    });
  return (
    <details class="small">
      <summary class="soft disclosure">{text.requests.textsTitle}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save(texts).then((isSaved) => {
            if (!isSaved) return;
            say(text.requests.texts.saved, async () => {
              setTexts(before);
              await save(before);
            });
          });
        }}
      >
        <RequestTexts request={request} texts={texts} onChange={setTexts} />
        <ProblemNote problem={action.problem} />
        <div class="row">
          <button type="submit" class="button small" disabled={!isChanged || action.isBusy}>
            {text.requests.texts.save}
          </button>
        </div>
      </form>
    </details>
  );
}

/** The next route after a request that led nowhere, and a draft along it. */
function NextRoute({ request, onChange }: { request: Request; onChange: () => Promise<void> }) {
  const [first, setFirst] = useState<string | null | undefined>(undefined);
  const action = useAction();
  const find = () =>
    action.run(async () => {
      const { introductionRequest } = await read(readNextRoute, { id: request.id }, true);
      setFirst(introductionRequest?.nextRoute?.introducers[0]?.name ?? null);
    });
  const draft = () =>
    action.run(async () => {
      await change(createNextRequest, { id: request.id });
      say(text.requests.next.drafted);
      await onChange();
    });
  return (
    <div class="stack-tight">
      {first === undefined && (
        <div class="row">
          <button type="button" class="button small" disabled={action.isBusy} onClick={() => void find()}>
            {text.requests.next.show}
          </button>
        </div>
      )}
      {first === null && <p class="small soft">{text.requests.next.none}</p>}
      {first && (
        <div class="row">
          <button
            type="button"
            class="button primary small"
            disabled={action.isBusy}
            onClick={() => void draft()}
          >
            {text.requests.next.draft(first)}
          </button>
        </div>
      )}
      <ProblemNote problem={action.problem} />
    </div>
  );
}
