import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Problem } from "../api/client";
import type { Later } from "../api/use-pages";
import type { Person, Source, StrengthLabel } from "../documents/fragments";
import { text } from "../strings";

const LABELS: StrengthLabel[] = ["WEAK", "FAIR", "GOOD", "STRONG"];

/** A strength label with a bar of four parts. */
export function Strength({ label }: { label: StrengthLabel | null }) {
  const filled = label ? LABELS.indexOf(label) + 1 : 0;
  return (
    <span class="strength" data-label={label ?? "NONE"}>
      <span class="bar" aria-hidden="true">
        {LABELS.map((part, index) => (
          <i key={part} data-filled={index < filled} />
        ))}
      </span>
      <span class="visually-hidden">{text.strengthOf("")}</span>
      {label ? text.strength[label] : text.ask.tie.noTie}
    </span>
  );
}

/** The initials of a person in a circle. */
export function Avatar({
  name,
  kind = "person",
}: {
  name: string;
  kind?: "person" | "you" | "first" | "target";
}) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? "")
    .join("");
  return (
    <span class="avatar" data-kind={kind} aria-hidden="true">
      {kind === "you" ? "•" : initials || "?"}
    </span>
  );
}

export function Job({ person }: { person: Pick<Person, "title" | "company"> }) {
  const job = text.ask.job(person.title, person.company);
  return job ? <span class="soft small">{job}</span> : null;
}

/** The kind of a source and its account, as people write them. */
export function nameOfSource({ kind, account, title }: Pick<Source, "kind" | "account" | "title">): string {
  const name = text.sourceKinds[kind];
  return name ? `${name} ${account}`.trim() : title;
}

/** Why a request failed, with what to do. */
export function ProblemNote({ problem, retry }: { problem: Problem | null; retry?: () => void }) {
  if (!problem) return null;
  const isDefect = problem.code === "INTERNAL_SERVER_ERROR";
  const known = text.problems[problem.code];
  const isSlow = problem.code === "TIMEOUT"; // the message of the service is for programs
  const sentence = isSlow
    ? known
    : isDefect
      ? `${known} ${problem.requestId ?? ""}`
      : problem.message || known;
  return (
    <div class="notice" data-kind="problem" role="alert">
      <p>{sentence ?? problem.message}</p>
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {text.retry}
        </button>
      )}
    </div>
  );
}

/** The button below a list that shows its next page. */
export function More({
  later: { show, isBusy, problem },
  label = text.more,
}: {
  later: Later;
  label?: string;
}) {
  return (
    <>
      {show && (
        <div class="row">
          <button type="button" class="button small" disabled={isBusy} onClick={() => void show()}>
            {label}
          </button>
        </div>
      )}
      <ProblemNote problem={problem} />
    </>
  );
}

/** What to do next where there is nothing to show. */
export function Empty({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {lead && <p class="soft">{lead}</p>}
      {children}
    </div>
  );
}

export function Waiting({ lines = 3, label = text.loading }: { lines?: number; label?: string }) {
  return (
    <div class="waiting" role="status">
      <span class="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} aria-hidden="true" />
      ))}
    </div>
  );
}

/** The first heading of a screen. It takes the focus when the screen opens. */
export function ScreenTitle({ children, lead }: { children: ComponentChildren; lead?: string | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (
      !document.activeElement ||
      document.activeElement === document.body ||
      isLink(document.activeElement)
    ) {
      heading.current?.focus({ preventScroll: true });
    }
    scrollTo(0, 0);
  }, []);
  return (
    <header class="screen-title">
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {lead && <p class="soft">{lead}</p>}
    </header>
  );
}

/** Handles the submission of a form by this action; the browser sends nothing. */
export function submitting(action: () => unknown) {
  return (event: Event) => {
    event.preventDefault();
    void action();
  };
}

/** A native dialog. It closes with Escape, and the focus returns to where it was. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // the first field rather than the button that closes
    dialog.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onClose={onClose}>
      <div class="row between dialog-head">
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="button quiet icon" aria-label={text.close} onClick={onClose}>
          ×
        </button>
      </div>
      {children}
    </dialog>
  );
}

/** A dialog that asks before something is deleted. */
export function ConfirmDialog(props: {
  title: string;
  lead: string;
  confirm: string;
  action: { isBusy: boolean; problem: Problem | null };
  onConfirm: () => unknown;
  onClose: () => void;
}) {
  const { title, lead, confirm, action, onConfirm, onClose } = props;
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack">
        <p>{lead}</p>
        <ProblemNote problem={action.problem} />
        <div class="row">
          <button
            type="button"
            class="button danger"
            disabled={action.isBusy}
            onClick={() => void onConfirm()}
          >
            {confirm}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {text.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** A text field with its label and a hint. */
export function Field({
  label,
  hint,
  value,
  onInput,
  rows = 0,
  ...rest
}: {
  label: string;
  hint?: string | undefined;
  value: string;
  onInput: (value: string) => void;
  rows?: number;
  required?: boolean;
  maxLength?: number;
  type?: string;
  autoComplete?: string;
}) {
  const id = useId();
  const shared = {
    id,
    value,
    "aria-describedby": hint ? `${id}-hint` : undefined,
    onInput: (event: Event) => onInput((event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value),
    ...rest,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <span id={`${id}-hint`} class="soft small">
          {hint}
        </span>
      )}
      {rows ? <textarea rows={rows} {...shared} /> : <input {...shared} />}
    </div>
  );
}

function isLink(element: Element): boolean {
  return element.matches("a, body");
}
