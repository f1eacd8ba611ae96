import { useEffect, useRef, useState } from "preact/hooks";
import { useRead } from "../api/use-read";
import { frame, loadFrame } from "../app/frame";
import { lazily } from "../app/lazily";
import { address, goTo } from "../app/router";
import { PersonCombobox } from "../design/combobox";
import { Empty, nameOfSource, ProblemNote, ScreenTitle, Waiting } from "../design/parts";
import { type Answer, type Frame, findIntroductions } from "../documents/asking";
import type { Person, Route } from "../documents/fragments";
import { formatDay, text } from "../strings";
import { AnswerView } from "./answer";
import "./ask.css";

const RequestDialog = lazily(() => import("../requests/request-dialog"));
const PictureDialog = lazily(() => import("./picture-dialog"));

/** Names of people that this page saw, so that an id in the address can be shown as a name. */
const names = new Map<string, string>();

export default function AskScreen() {
  const { to, start, max } = parse(address.value.fragment);
  const reading = useRead(
    findIntroductions,
    to ? { to: { text: to }, start: start === "TEAM" ? "TEAM" : "ME", maxIntroducers: max } : null,
  );
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<{ target: Person; route: Route | null } | null>(null);
  const [pictured, setPictured] = useState<Route | null>(null);
  const answer = reading.data?.introductions;
  const found = answer && "target" in answer ? answer.target.name : undefined;

  useEffect(() => setTyped(found ?? names.get(to) ?? (isId(to) ? "" : to)), [to, found]);

  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    // where there is a keyboard, the viewer can type at once; on a phone the keyboard would cover the screen
    if (!to && matchMedia("(pointer: fine)").matches) form.current?.querySelector("input")?.focus();
  }, []);

  const ask = (target: string, options = { start, max }) => {
    if (target.trim()) goTo(addressOf(target.trim(), options));
  };
  const choose = (person: { id: string; name: string }) => {
    names.set(person.id, person.name);
    setTyped(person.name);
    ask(person.id);
  };
  const isTeam = (frame.value?.sources?.nodes ?? []).some((source) => !source.isOwn);
  return (
    <>
      {!to && <div class="ask-space" aria-hidden="true" />}
      <ScreenTitle lead={to ? undefined : text.ask.lead}>{text.ask.title}</ScreenTitle>
      <search ref={form}>
        <form
          class="ask-form"
          onSubmit={(event) => {
            event.preventDefault();
            // the name of a person who was chosen before stands for that person
            ask(typed === (found ?? names.get(to)) ? to : typed);
          }}
        >
          <div class="ask-row">
            <PersonCombobox
              value={typed}
              onInput={setTyped}
              onChoose={({ node }) => choose(node)}
              label={text.ask.field}
              placeholder={text.ask.placeholder}
              hintId={to ? undefined : "ask-hint"}
            />
            <button type="submit" class="button primary">
              {text.ask.submit}
            </button>
          </div>
          {!to && (
            <p id="ask-hint" class="small soft">
              {text.ask.hint}
            </p>
          )}
          <details class="options small">
            <summary class="soft disclosure">{text.ask.options}</summary>
            <div class="row">
              <label class="choice">
                {text.ask.maxIntroducers}
                <select
                  value={max}
                  onChange={(event) => ask(to || typed, { start, max: Number(event.currentTarget.value) })}
                >
                  {[1, 2, 3].map((each) => (
                    <option key={each} value={each}>
                      {each}
                    </option>
                  ))}
                </select>
              </label>
              {isTeam && (
                <label class="choice">
                  <input
                    type="checkbox"
                    checked={start === "TEAM"}
                    onChange={(event) =>
                      ask(to || typed, { start: event.currentTarget.checked ? "TEAM" : "ME", max })
                    }
                  />
                  {text.ask.startTeam}
                </label>
              )}
            </div>
          </details>
        </form>
      </search>
      <p class="visually-hidden" role="status">
        {answer && announcement(answer)}
      </p>
      <div class="stack answer" aria-busy={reading.isLoading}>
        {reading.isLoading && <Waiting label={text.ask.searching(names.get(to) ?? typed)} />}
        <ProblemNote problem={reading.problem} retry={() => void reading.reload()} />
        {answer && (
          <AnswerView
            answer={answer}
            asked={names.get(to) ?? to}
            viewerId={reading.data?.viewer?.person?.id}
            onChoose={choose}
            onRequest={(target, route) => setAsked({ target, route })}
            onPicture={setPictured}
            onChange={reading.reload}
          />
        )}
      </div>
      {!to && frame.value && <Beginning frame={frame.value} />}
      {asked && (
        <RequestDialog
          target={asked.target}
          introducer={asked.route?.introducers[0] ?? null}
          maxIntroducers={max}
          onClose={() => {
            setAsked(null);
            void loadFrame();
          }}
        />
      )}
      {pictured && <PictureDialog route={pictured} onClose={() => setPictured(null)} />}
    </>
  );
}

/** The answer in a few words, for those who do not see it appear. */
function announcement(answer: Answer): string {
  const words = text.ask.answered;
  switch (answer.__typename) {
    case "Introductions":
      return words.Introductions(answer.routes.length);
    case "AmbiguousTarget":
      return words.AmbiguousTarget(answer.candidates.length);
    default:
      return words[answer.__typename]();
  }
}

/** What to do before the first question: each state has its own way on. */
function Beginning({ frame: { viewer, sources } }: { frame: Frame }) {
  const own = sources?.nodes ?? [];
  if (viewer && !viewer.scopes.includes("READ")) {
    return <Empty title={text.ask.empty.forbiddenTitle} lead={text.ask.empty.forbiddenLead} />;
  }
  if (own.every((source) => source.kind === "STATEMENTS")) {
    if (viewer?.role === "ASKER")
      return <Empty title={text.ask.empty.askerTitle} lead={text.ask.empty.askerLead} />;
    return (
      <Empty title={text.ask.empty.nothingTitle} lead={text.ask.empty.nothingLead}>
        <a class="button primary" href="/sources">
          {text.ask.empty.nothingAction}
        </a>
      </Empty>
    );
  }
  if (!viewer?.person) {
    return (
      <Empty title={text.ask.empty.identityTitle} lead={text.ask.empty.identityLead}>
        <a class="button primary" href="/sources">
          {text.ask.empty.nothingAction}
        </a>
      </Empty>
    );
  }
  const titles = own.flatMap((source) =>
    source.coverageUntil ? [text.ask.basis.until(nameOfSource(source), formatDay(source.coverageUntil))] : [],
  );
  return (
    <>
      {!viewer.isUpToDate && <p class="notice">{text.ask.empty.updating}</p>}
      {titles.length > 0 && <p class="small soft">{text.ask.empty.basis(titles.join(", "))}</p>}
    </>
  );
}

interface Options {
  start: string;
  max: number;
}

/** The target and the options are in the fragment, which browsers send to no server. */
function parse(fragment: string): Options & { to: string } {
  const values = new URLSearchParams(fragment);
  const max = Number(values.get("max") ?? 2);
  return {
    to: values.get("to") ?? "",
    start: values.get("start") ?? "ME",
    max: [1, 2, 3].includes(max) ? max : 2,
  };
}

function addressOf(to: string, { start, max }: Options): string {
  const values = new URLSearchParams({ to });
  if (start !== "ME") values.set("start", start);
  if (max !== 2) values.set("max", String(max));
  return `/#${values}`;
}

function isId(to: string): boolean {
  return /^[\w-]{20,}={0,2}$/.test(to);
}
