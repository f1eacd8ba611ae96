import { useEffect, useState } from "preact/hooks";
import { forgetAnswers } from "../api/client";
import { address, goTo } from "../app/router";
import {
  hasExpired,
  type Secret,
  type Session,
  session,
  signIn,
  signInAtProvider,
  viewerOfLink,
} from "../app/session";
import { Field, ScreenTitle, Waiting } from "../design/parts";
import { text } from "../strings";
import { useAttempt } from "./attempt";

export default function SignInScreen() {
  const [token, setToken] = useState("");
  const { attempt, failure, isBusy } = useAttempt();
  const [code] = useState(takeCode);
  const [linked, setLinked] = useState<Session["viewer"]>(null);
  const [network] = useState(() => new URLSearchParams(location.search).get("network") ?? "");
  const { signedIn, signInMethods = [], signInRefusal } = session.value ?? {};

  const send = async (secret: Secret) => {
    if (!(await attempt(() => signIn(secret)))) return;
    setToken("");
    setLinked(null);
    forgetAnswers();
    // a session that ended goes on at the address where it was
    if (address.value.path === "/sign-in") goTo("/", { replace: true });
  };
  useEffect(() => {
    if (!code) return;
    void attempt(async () => {
      const found = await viewerOfLink(code);
      if (typeof found === "string") return found;
      setLinked(found);
      return null;
    });
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
      {linked && (
        <div class="card stack sign-in">
          <p>{text.signIn.linkOf(linked.name, linked.network)}</p>
          <p class="soft small">{text.signIn.linkWarning}</p>
          <div class="row">
            <button
              type="button"
              class="button primary"
              disabled={isBusy}
              onClick={() => void send({ code })}
            >
              {text.signIn.submit}
            </button>
          </div>
        </div>
      )}
      {signedIn && !linked && (
        <div class="notice">
          <p>{text.signIn.already}</p>
          <a class="button" href="/">
            {text.signIn.goOn}
          </a>
        </div>
      )}
      {!linked && (
        <div class="stack sign-in">
          {signInMethods.includes("PROVIDER") && (
            <button
              type="button"
              class="button primary"
              disabled={isBusy}
              onClick={() => void attempt(() => signInAtProvider({ network }))}
            >
              {network ? text.signIn.providerFor(network) : text.signIn.provider}
            </button>
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
      )}
    </>
  );
}

/** Takes the one-time code out of the address, so that it stays in no history. */
function takeCode(): string {
  const code = address.value.path === "/sign-in" ? address.value.fragment : "";
  if (code) goTo("/sign-in", { replace: true });
  return code;
}
