import { useState } from "preact/hooks";
import { change } from "../api/client";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Dialog, Field, ProblemNote } from "../design/parts";
import {
  type Request,
  type RequestAction,
  recordIntroduction,
  recordOutcome,
  recordTargetResponse,
  respondToRequest,
  sendRequest,
  thankIntroducer,
  withdrawRequest,
} from "../documents/requesting";
import { text } from "../strings";

type Action = RequestAction | "DOES_NOT_KNOW";
type Outcome = NonNullable<Request["outcome"]>;

const OUTCOMES: Outcome[] = ["ANSWERED", "MET", "HIRED", "DEAL", "NO_ANSWER", "NOT_USEFUL"];
/** The order of the buttons: what leads on comes first and stands out, what ends a request comes last. */
const ORDER: Action[] = [
  "SEND",
  "ACCEPT",
  "RECORD_TARGET_AGREED",
  "RECORD_TARGET_ASKED",
  "RECORD_INTRODUCTION",
  "RECORD_OUTCOME",
  "THANK",
  "ALLOW_MENTION",
  "REDIRECT",
  "RECORD_TARGET_DECLINED",
  "DECLINE",
  "DOES_NOT_KNOW",
  "WITHDRAW",
];
const ENDING: Action[] = ["DECLINE", "DOES_NOT_KNOW", "WITHDRAW"];
/** Actions that open a dialog first: they need a text, or they cannot be taken back. */
const ASKED_FIRST: Action[] = ["REDIRECT", "DECLINE", "DOES_NOT_KNOW", "RECORD_OUTCOME"];

/** The buttons for what the viewer can do with a request now. */
export function RequestActions({ request, onChange }: { request: Request; onChange: () => Promise<void> }) {
  const [opened, setOpened] = useState<Action | null>(null);
  const action = useAction();
  const take = async (chosen: Action, value = "") => {
    const isDone = await action.run(() => send(request.id, chosen, value));
    if (!isDone) return;
    setOpened(null);
    say(text.requests.done[chosen as keyof typeof text.requests.done]);
    await onChange();
  };
  const actions = actionsOf(request);
  if (actions.length === 0) return null;
  const isForAnother = request.role === "ASKER" && !request.isIntroducerMember && actions.includes("ACCEPT");
  return (
    <div class="stack-tight">
      {isForAnother && <p class="small soft">{text.requests.answerFor(request.introducer.name)}</p>}
      <div class="row">
        {actions.map((each, index) => (
          <button
            key={each}
            type="button"
            class={index === 0 && !ENDING.includes(each) ? "button primary small" : "button small"}
            disabled={action.isBusy}
            onClick={() => (ASKED_FIRST.includes(each) ? setOpened(each) : void take(each))}
          >
            {labelOf(each, request)}
          </button>
        ))}
      </div>
      {!opened && <ProblemNote problem={action.problem} />}
      {opened && (
        <ActionDialog
          action={opened}
          request={request}
          isBusy={action.isBusy}
          onTake={(value) => void take(opened, value)}
          onClose={() => setOpened(null)}
        >
          <ProblemNote problem={action.problem} />
        </ActionDialog>
      )}
    </div>
  );
}

function ActionDialog(props: {
  action: Action;
  request: Request;
  isBusy: boolean;
  onTake: (value: string) => void;
  onClose: () => void;
  children: preact.ComponentChildren;
}) {
  const { action, request, isBusy, onTake, onClose, children } = props;
  const [value, setValue] = useState<string>(request.suggestedOutcome?.outcome ?? request.outcome ?? "");
  const isOutcome = action === "RECORD_OUTCOME";
  const needsValue = isOutcome || action === "REDIRECT";
  return (
    <Dialog title={labelOf(action, request)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onTake(value);
        }}
      >
        {action === "DECLINE" && <p>{text.requests.confirmDecline}</p>}
        {action === "DOES_NOT_KNOW" && <p>{text.requests.confirmDoesNotKnow}</p>}
        {action === "REDIRECT" && (
          <Field
            label={text.requests.redirectField}
            value={value}
            onInput={setValue}
            required
            maxLength={200}
          />
        )}
        {isOutcome && (
          <fieldset class="field">
            <legend>{text.requests.outcomeField}</legend>
            {OUTCOMES.map((outcome) => (
              <label key={outcome} class="choice">
                <input
                  type="radio"
                  name="outcome"
                  required
                  checked={value === outcome}
                  onChange={() => setValue(outcome)}
                />
                {text.requests.outcomes[outcome]}
              </label>
            ))}
          </fieldset>
        )}
        {children}
        <div class="row">
          <button
            type="submit"
            class={needsValue ? "button primary" : "button danger"}
            disabled={isBusy || (needsValue && !value.trim())}
          >
            {labelOf(action, request)}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {text.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the viewer can do now. Where they can decline, they can also say that they do not know the person. */
export function actionsOf({ availableActions }: Request): Action[] {
  const canAnswer = availableActions.includes("ACCEPT") && availableActions.includes("DECLINE");
  const actions: Action[] = canAnswer ? [...availableActions, "DOES_NOT_KNOW"] : availableActions;
  return ORDER.filter((each) => actions.includes(each));
}

function labelOf(action: Action, request: Request): string {
  if (action === "WITHDRAW" && request.status === "DRAFT") return text.requests.discard;
  return text.requests.actions[action as keyof typeof text.requests.actions];
}

function send(id: string, action: Action, value: string): Promise<unknown> {
  switch (action) {
    case "SEND":
      return change(sendRequest, { id });
    case "WITHDRAW":
      return change(withdrawRequest, { id });
    case "RECORD_TARGET_ASKED":
      return change(recordTargetResponse, { id, response: "ASKED" });
    case "RECORD_TARGET_AGREED":
      return change(recordTargetResponse, { id, response: "AGREED" });
    case "RECORD_TARGET_DECLINED":
      return change(recordTargetResponse, { id, response: "DECLINED" });
    case "RECORD_INTRODUCTION":
      return change(recordIntroduction, { id });
    case "RECORD_OUTCOME":
      return change(recordOutcome, { id, outcome: value as Outcome });
    case "THANK":
      return change(thankIntroducer, { id });
    case "REDIRECT":
      return change(respondToRequest, { id, response: action, redirectedTo: value.trim() });
    case "ACCEPT":
    case "ALLOW_MENTION":
    case "DECLINE":
    case "DOES_NOT_KNOW":
      return change(respondToRequest, { id, response: action });
    case "EXPIRE":
      return Promise.resolve();
  }
}
