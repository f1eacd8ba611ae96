import { useEffect, useState } from "preact/hooks";
import { forgetAnswers } from "../api/client";
import { address, goTo } from "../app/router";
import { hasExpired, type Secret, session, signIn } from "../app/session";
import { Field, ScreenTitle, Waiting } from "../design/parts";
import { text } from "../strings";

export default function SignInScreen() {
  const [token, setToken] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [code] = useState(takeCode);
  const { signedIn, signInMethods = [], signInRefusal } = session.value ?? {};

  const send = async (secret: Secret) => {
    setBusy(true);
    setFailure(null);
    const problem = await signIn(secret).catch(() => text.problems["OFFLINE"] ?? "");
    setBusy(false);
    if (problem !== null) {
      setFailure(problem);
      return;
    }
    setToken("");
    forgetAnswers();
    // a session that ended goes on at the address where it was
    if (address.value.path === "/sign-in") goTo("/", { replace: true });
  };
  useEffect(() => {
    if (code) void send({ code });
  }, [code]);

  if (code && isBusy) {
    return (
      <>
        <ScreenTitle>{text.signIn.title}</ScreenTitle>
        <Waiting lines={1} label={text.signIn.working} />
      </>
    );
  }
  return (
    <>
      <ScreenTitle>{text.signIn.title}</ScreenTitle>
      {hasExpired.value && <p class="notice">{text.signIn.expired}</p>}
      {failure && (
        <p class="notice" data-kind="problem" role="alert">
          {failure}
        </p>
      )}
      {signInRefusal && (
        <p class="notice" data-kind="warn">
          {signInRefusal}
        </p>
      )}
      {signedIn && (
        <div class="notice">
          <p>{text.signIn.already}</p>
          <a class="button" href="/">
            {text.signIn.goOn}
          </a>
        </div>
      )}
      <div class="stack sign-in">
        {signInMethods.includes("PROVIDER") && (
          <a class="button primary" href="/auth/login">
            {text.signIn.provider}
          </a>
        )}
        {signInMethods.includes("TOKEN") && (
          <form
            class="card stack"
            onSubmit={(event) => {
              event.preventDefault();
              void send({ token: token.trim() });
            }}
          >
            <Field
              label={text.signIn.token}
              hint={text.signIn.tokenHint}
              type="password"
              autoComplete="off"
              value={token}
              onInput={setToken}
              required
            />
            <div class="row">
              <button type="submit" class="button primary" disabled={isBusy}>
                {text.signIn.submit}
              </button>
            </div>
          </form>
        )}
        {signInMethods.includes("LINK") && <p class="soft small">{text.signIn.link}</p>}
      </div>
    </>
  );
}

/** Takes the one-time code out of the address, so that it stays in no history. */
function takeCode(): string {
  const code = address.value.path === "/sign-in" ? address.value.fragment : "";
  if (code) goTo("/sign-in", { replace: true });
  return code;
}
