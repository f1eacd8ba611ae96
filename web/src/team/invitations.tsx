import { useState } from "preact/hooks";
import { change } from "../api/client";
import { usePages } from "../api/use-pages";
import { say } from "../app/notes";
import type { Role } from "../app/session";
import { useAction } from "../app/use-action";
import { Dialog, Field, More, ProblemNote, submitting } from "../design/parts";
import { createInvitation, type Invitation, listInvitations, withdrawInvitation } from "../documents/team";
import { formatDay, text } from "../strings";

/** The open invitations, and a dialog that creates one. */
export function Invitations({ isOwner }: { isOwner: boolean }) {
  const {
    nodes: invitations,
    data,
    later,
    problem,
    reload,
  } = usePages(listInvitations, {}, (data) => data.invitations);
  const [isInviting, setInviting] = useState(false);
  const words = text.team.invitations;
  return (
    <section class="stack-tight" aria-labelledby="invitations">
      <h2 id="invitations">{words.title}</h2>
      <ProblemNote problem={problem} retry={() => void reload()} />
      {data && invitations.length === 0 && <p class="soft">{words.empty}</p>}
      <ul class="people-list">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onChange={reload} />
        ))}
      </ul>
      <More later={later} />
      <div class="row">
        <button type="button" class="button primary" onClick={() => setInviting(true)}>
          {words.invite}
        </button>
      </div>
      {isInviting && <InviteDialog isOwner={isOwner} onClose={() => setInviting(false)} onChange={reload} />}
    </section>
  );
}

function InvitationRow({ invitation, onChange }: { invitation: Invitation; onChange: () => Promise<void> }) {
  const action = useAction();
  const words = text.team.invitations;
  const withdraw = () =>
    action.run(async () => {
      await change(withdrawInvitation, { id: invitation.id });
      say(words.withdrawn);
      await onChange();
    });
  return (
    <li class="row between">
      <span>
        {text.team.roles[invitation.role]} {invitation.email && words.forAddress(invitation.email)}
        <span class="small soft"> {words.expires(formatDay(invitation.expiresAt))}</span>
      </span>
      <button type="button" class="button small" disabled={action.isBusy} onClick={() => void withdraw()}>
        {words.withdraw}
      </button>
      <ProblemNote problem={action.problem} />
    </li>
  );
}

function InviteDialog(props: { isOwner: boolean; onClose: () => void; onChange: () => Promise<void> }) {
  const { isOwner, onClose, onChange } = props;
  const [role, setRole] = useState<Role>("MEMBER");
  const [email, setEmail] = useState("");
  const [days, setDays] = useState("7");
  const [link, setLink] = useState<string | null>(null);
  const action = useAction();
  const words = text.team.invitations;
  const roles: Role[] = isOwner ? ["MEMBER", "ASKER", "ADMIN", "OWNER"] : ["MEMBER", "ASKER", "ADMIN"];
  const create = () =>
    action.run(async () => {
      const input = { role, email: email.trim() || null, expiresInDays: Number(days) };
      const { createInvitation: created } = await change(createInvitation, input);
      setLink(created.link);
      await onChange();
    });
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? "");
    say(words.copied);
  };
  return (
    <Dialog title={words.invite} onClose={onClose}>
      {link ? (
        <div class="stack">
          <p>{words.created}</p>
          <p class="secret">{link}</p>
          <div class="row">
            <button type="button" class="button primary" onClick={() => void copy()}>
              {words.copy}
            </button>
          </div>
        </div>
      ) : (
        <form class="stack" onSubmit={submitting(create)}>
          <fieldset class="field">
            <legend>{words.role}</legend>
            {roles.map((each) => (
              <label key={each} class="choice">
                <input type="radio" name="role" checked={role === each} onChange={() => setRole(each)} />
                <span>
                  {text.team.roles[each]} <span class="soft small">{text.team.roleMeanings[each]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <Field label={words.email} hint={words.emailHint} type="email" value={email} onInput={setEmail} />
          <Field label={words.days} type="number" value={days} onInput={setDays} required />
          <ProblemNote problem={action.problem} />
          <div class="row">
            <button type="submit" class="button primary" disabled={action.isBusy}>
              {words.create}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
