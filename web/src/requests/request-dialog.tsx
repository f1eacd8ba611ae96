import { useState } from "preact/hooks";
import { change } from "../api/client";
import { useAction } from "../app/use-action";
import { Dialog, Field, ProblemNote, submitting } from "../design/parts";
import type { Person } from "../documents/fragments";
import { createRequest, type Request, sendRequest, updateRequest } from "../documents/requesting";
import { text } from "../strings";
import { NextMessage } from "./next-message";
import { RequestTexts, type Texts, textsOf } from "./texts";
import "./requests.css";

interface Props {
  target: Person;
  /** The first introducer of the route. Null: a colleague whose name is withheld. */
  introducer: Person | null;
  maxIntroducers: number;
  onClose: () => void;
}

/** Drafts a request, lets the viewer edit its three texts, and sends it. */
export default function RequestDialog({ target, introducer, maxIntroducers, onClose }: Props) {
  const [request, setRequest] = useState<Request | null>(null);
  const title = introducer
    ? text.requests.dialog.title(introducer.name, target.name)
    : text.requests.dialog.titleHidden(target.name);
  return (
    <Dialog title={title} onClose={onClose}>
      {request === null ? (
        <Facts target={target} introducer={introducer} maxIntroducers={maxIntroducers} onDraft={setRequest} />
      ) : request.status === "DRAFT" ? (
        <Draft request={request} onChange={setRequest} onKeep={onClose} />
      ) : (
        <Sent request={request} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Facts({
  target,
  introducer,
  maxIntroducers,
  onDraft,
}: Omit<Props, "onClose"> & { onDraft: (request: Request) => void }) {
  const [facts, setFacts] = useState({ purpose: "", aboutAsker: "", benefitForTarget: "" });
  const action = useAction();
  const set = (part: Partial<typeof facts>) => setFacts((before) => ({ ...before, ...part }));
  const draft = () =>
    action.run(async () => {
      const { createIntroductionRequest } = await change(createRequest, {
        target: { id: target.id },
        introducer: introducer && { id: introducer.id },
        maxIntroducers,
        ...facts,
      });
      if (createIntroductionRequest.request) onDraft(createIntroductionRequest.request);
    });
  return (
    <form class="stack" onSubmit={submitting(draft)}>
      <p class="soft">{text.requests.dialog.stepFacts}</p>
      <Field
        label={text.requests.dialog.purpose}
        hint={text.requests.dialog.purposeHint(target.name)}
        value={facts.purpose}
        onInput={(purpose) => set({ purpose })}
        rows={3}
        required
        maxLength={500}
      />
      <Field
        label={text.requests.dialog.aboutAsker}
        hint={text.requests.dialog.aboutAskerHint}
        value={facts.aboutAsker}
        onInput={(aboutAsker) => set({ aboutAsker })}
        maxLength={500}
      />
      <Field
        label={text.requests.dialog.benefit}
        hint={text.requests.dialog.benefitHint}
        value={facts.benefitForTarget}
        onInput={(benefitForTarget) => set({ benefitForTarget })}
        maxLength={500}
      />
      <ProblemNote problem={action.problem} />
      <div class="row">
        <button type="submit" class="button primary" disabled={action.isBusy}>
          {text.requests.dialog.draft}
        </button>
      </div>
    </form>
  );
}

function Draft({
  request,
  onChange,
  onKeep,
}: {
  request: Request;
  onChange: (request: Request) => void;
  onKeep: () => void;
}) {
  const [texts, setTexts] = useState<Texts>(textsOf(request));
  const action = useAction();
  const save = async () => {
    await change(updateRequest, { id: request.id, ...texts });
  };
  const send = () =>
    action.run(async () => {
      await save();
      const { sendIntroductionRequest } = await change(sendRequest, { id: request.id });
      if (sendIntroductionRequest.request) onChange(sendIntroductionRequest.request);
    });
  const keep = async () => {
    if (await action.run(save)) onKeep();
  };
  return (
    <form class="stack" onSubmit={submitting(send)}>
      <p class="notice">{text.requests.dialog.drafted}</p>
      <RequestTexts request={request} texts={texts} onChange={setTexts} />
      {!request.isIntroducerHidden && (
        <p class="soft small">
          {request.isIntroducerMember
            ? text.requests.dialog.memberNote(request.introducer.name)
            : text.requests.dialog.mailNote(request.introducer.name)}
        </p>
      )}
      {request.isIntroducerHidden && <p class="soft small">{text.requests.hiddenNoteAsker}</p>}
      <ProblemNote problem={action.problem} />
      <div class="row">
        <button type="submit" class="button primary" disabled={action.isBusy}>
          {text.requests.dialog.send}
        </button>
        <button type="button" class="button" disabled={action.isBusy} onClick={() => void keep()}>
          {text.requests.dialog.keep}
        </button>
      </div>
    </form>
  );
}

function Sent({ request, onClose }: { request: Request; onClose: () => void }) {
  return (
    <div class="stack">
      <p class="notice">{text.requests.dialog.sent}</p>
      <NextMessage request={request} />
      <div class="row">
        <a class="button" href="/requests" onClick={onClose}>
          {text.requests.dialog.seeRequests}
        </a>
      </div>
    </div>
  );
}
