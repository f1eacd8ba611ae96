import { useState } from "preact/hooks";
import { change } from "../api/client";
import { useRead } from "../api/use-read";
import { frame } from "../app/frame";
import { say } from "../app/notes";
import { loadSession, session, signOut } from "../app/session";
import { useAction } from "../app/use-action";
import { ConfirmDialog, Field, ProblemNote, ScreenTitle, submitting, Waiting } from "../design/parts";
import { leaveNetwork, readPreferences, renameViewer } from "../documents/settings";
import { text } from "../strings";
import { IntroducerForm } from "./introducer";
import { Excluded, Hidden, Statements } from "./lists";
import { Tokens } from "./tokens";

export default function SettingsScreen() {
  const { data, problem, isLoading, reload } = useRead(readPreferences, {});
  const canManageAccount = frame.value?.viewer?.scopes.includes("ADMIN") ?? false;
  return (
    <>
      <ScreenTitle lead={text.settings.lead}>{text.settings.title}</ScreenTitle>
      {canManageAccount && <Name />}
      {isLoading && <Waiting />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {data && (
        <>
          {data.introducerPreferences && (
            <IntroducerForm
              preferences={data.introducerPreferences}
              isDigestEnabled={data.isEmailDigestEnabled ?? false}
              onChange={reload}
            />
          )}
          <Hidden />
          <Excluded />
          <Statements />
        </>
      )}
      {canManageAccount && <Tokens />}
      <section class="stack-tight">
        <h2>{text.account.sessions}</h2>
        <div class="row">
          <button type="button" class="button" onClick={() => void signOut(false)}>
            {text.account.signOut}
          </button>
          <button type="button" class="button" onClick={() => void signOut(true)}>
            {text.account.signOutEverywhere}
          </button>
        </div>
      </section>
      {canManageAccount && <Leave />}
    </>
  );
}

function Name() {
  const before = session.value?.viewer?.name ?? "";
  const [name, setName] = useState(before);
  const action = useAction();
  const words = text.settings.name;
  const rename = async (to: string) => {
    await change(renameViewer, { name: to });
    await loadSession();
  };
  const save = () =>
    action.run(async () => {
      await rename(name.trim());
      say(words.saved, before ? () => rename(before) : undefined);
    });
  return (
    <form class="card stack" onSubmit={submitting(save)}>
      <h2>{words.title}</h2>
      <Field label={words.field} value={name} onInput={setName} required maxLength={200} />
      <ProblemNote problem={action.problem} />
      <div class="row">
        <button type="submit" class="button" disabled={action.isBusy || name.trim() === before}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

function Leave() {
  const [isOpen, setOpen] = useState(false);
  const action = useAction();
  const words = text.settings.leave;
  const leave = () =>
    action.run(async () => {
      await change(leaveNetwork, {});
      await loadSession();
    });
  return (
    <section class="stack-tight">
      <h2>{words.title}</h2>
      <p class="soft small">{words.lead}</p>
      <div class="row">
        <button type="button" class="button danger" onClick={() => setOpen(true)}>
          {words.action}
        </button>
      </div>
      {isOpen && (
        <ConfirmDialog
          title={words.title}
          lead={words.lead}
          confirm={words.confirm}
          action={action}
          onConfirm={leave}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}
