import { useState } from "preact/hooks";
import { change } from "../api/client";
import { usePages } from "../api/use-pages";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Field, More, ProblemNote, submitting, Waiting } from "../design/parts";
import { createToken, listTokens, revokeToken, type Token } from "../documents/settings";
import { formatDay, text } from "../strings";

type Scope = Token["scopes"][number];

const SCOPES: Scope[] = ["READ", "WRITE", "ADMIN"];

/** The tokens and sessions of the viewer, and a form that creates a token. */
export function Tokens() {
  const { nodes, later, problem, isLoading, reload } = usePages(listTokens, {}, (data) => data.tokens);
  const action = useAction();
  const words = text.settings.tokens;
  const revoke = ({ id, name }: Token) =>
    action.run(async () => {
      await change(revokeToken, { id });
      say(words.revoked(name ?? words.unnamed));
      await reload();
    });
  return (
    <section class="stack-tight" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p class="soft small">{words.lead}</p>
      {isLoading && <Waiting />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      <ul class="people-list">
        {nodes.map((token) => (
          <li key={token.id} class="row between">
            <span class="person-text">
              <span>
                {token.name ?? words.unnamed} {token.isSession && <span class="badge">{words.session}</span>}
              </span>
              <span class="small soft">
                {[
                  token.scopes.map((scope) => words.scope[scope]).join(", "),
                  token.expiresAt && words.expires(formatDay(token.expiresAt)),
                  token.lastUsedAt ? words.used(formatDay(token.lastUsedAt)) : words.neverUsed,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <button
              type="button"
              class="button small"
              disabled={action.isBusy}
              onClick={() => void revoke(token)}
            >
              {words.revoke}
              <span class="visually-hidden"> {token.name ?? words.unnamed}</span>
            </button>
          </li>
        ))}
      </ul>
      <More later={later} />
      <ProblemNote problem={action.problem} />
      <NewToken onChange={reload} />
    </section>
  );
}

function NewToken({ onChange }: { onChange: () => Promise<void> }) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["READ"]);
  const [days, setDays] = useState("90");
  const [secret, setSecret] = useState<string | null>(null);
  const action = useAction();
  const words = text.settings.tokens;
  const create = () =>
    action.run(async () => {
      const input = { name: name.trim(), scopes, expiresInDays: Number(days) };
      const { createToken: created } = await change(createToken, input);
      setSecret(created.secret);
      setName("");
      await onChange();
    });
  const copy = async () => {
    await navigator.clipboard.writeText(secret ?? "");
    say(words.copied);
  };
  return (
    <form class="card stack" onSubmit={submitting(create)}>
      <Field label={words.name} value={name} onInput={setName} required maxLength={100} />
      <fieldset class="field">
        <legend>{words.scopes}</legend>
        {SCOPES.map((scope) => (
          <label key={scope} class="choice">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) =>
                setScopes(
                  event.currentTarget.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope),
                )
              }
            />
            {words.scope[scope]}
          </label>
        ))}
      </fieldset>
      <Field label={words.days} type="number" value={days} onInput={setDays} required />
      <ProblemNote problem={action.problem} />
      {secret && (
        <div class="notice">
          <p>{words.created}</p>
          <code class="secret">{secret}</code>
          <button type="button" class="button small" onClick={() => void copy()}>
            {words.copy}
          </button>
        </div>
      )}
      <div class="row">
        <button type="submit" class="button" disabled={action.isBusy || scopes.length === 0}>
          {words.create}
        </button>
      </div>
    </form>
  );
}
