import { useState } from "preact/hooks";
import { forgetAnswers } from "../api/client";
import { randomKey } from "../api/random-key";
import { address, goTo } from "../app/router";
import { session, signIn, signInAtProvider } from "../app/session";
import { Empty, Field, ScreenTitle, submitting } from "../design/parts";
import { text } from "../strings";
import { useAttempt } from "./attempt";

/** Redeems an invitation, after the invited person agreed. */
export default function JoinScreen() {
  const [{ secret, key }] = useState(takeInvitation);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const { attempt, failure, isBusy } = useAttempt();
  const { signedIn, viewer, signInMethods = [], signInRefusal } = session.value ?? {};
  if (!secret) {
    return (
      <>
        <ScreenTitle>{text.join.title}</ScreenTitle>
        <Empty title={text.join.noSecret} />
      </>
    );
  }
  const accept = async () => {
    const address = email.trim() ? { email: email.trim() } : {};
    if (!(await attempt(() => signIn({ invitation: secret, name: name.trim(), key, ...address })))) return;
    forgetAnswers();
    goTo("/", { replace: true });
  };
  return (
    <>
      <ScreenTitle lead={text.join.lead}>{text.join.title}</ScreenTitle>
      {signedIn && viewer && (
        <p class="notice" data-kind="warn">
          {text.join.signedIn(viewer.network)}
        </p>
      )}
      {signInRefusal && (
        <p class="notice" data-kind="warn">
          {signInRefusal}
        </p>
      )}
      {failure && (
        <p class="notice" data-kind="problem" role="alert">
          {failure}
        </p>
      )}
      <form class="card stack sign-in" onSubmit={submitting(accept)}>
        <Field
          label={text.join.name}
          value={name}
          onInput={setName}
          required
          maxLength={200}
          autoComplete="name"
        />
        <Field
          label={text.join.email}
          hint={text.join.emailHint}
          type="email"
          value={email}
          onInput={setEmail}
          autoComplete="email"
        />
        <div class="row">
          <button type="submit" class="button primary" disabled={isBusy || !!signInRefusal}>
            {text.join.accept}
          </button>
          {signInMethods.includes("PROVIDER") && (
            <button
              type="button"
              class="button"
              disabled={isBusy}
              onClick={() => void attempt(() => signInAtProvider({ invitation: secret }))}
            >
              {text.join.provider}
            </button>
          )}
        </div>
      </form>
      <p class="small soft">
        {text.join.command} <code>{`tertius join '${location.origin}/join#${secret}'`}</code>
      </p>
    </>
  );
}

/** Takes the secret out of the address. The key makes a repetition after a lost answer the same request. */
function takeInvitation(): { secret: string; key: string } {
  const secret = address.value.fragment;
  if (secret) goTo("/join", { replace: true });
  return { secret, key: randomKey() };
}
