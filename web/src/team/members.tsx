import { useState } from "preact/hooks";
import { change } from "../api/client";
import { usePages } from "../api/use-pages";
import { say } from "../app/notes";
import { type Role, session } from "../app/session";
import { useAction } from "../app/use-action";
import { Avatar, ConfirmDialog, More, ProblemNote, Waiting } from "../design/parts";
import { changeRole, listMembers, type Member, removeMember } from "../documents/team";
import { formatDay, text } from "../strings";
import { Invitations } from "./invitations";

const ROLES: Role[] = ["OWNER", "ADMIN", "MEMBER", "ASKER"];

export function MembersTab() {
  const { nodes, later, problem, isLoading, reload } = usePages(listMembers, {}, (data) => data.members);
  const role = session.value?.viewer?.role;
  const canManage = role === "OWNER" || role === "ADMIN";
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  return (
    <>
      <ul class="people-list">
        {nodes.map((member) => (
          <MemberRow
            key={member.id + member.role}
            member={member}
            canManage={canManage && (role === "OWNER" || member.role !== "OWNER")}
            onChange={reload}
          />
        ))}
      </ul>
      <More later={later} />
      {canManage && <Invitations isOwner={role === "OWNER"} />}
    </>
  );
}

function MemberRow(props: { member: Member; canManage: boolean; onChange: () => Promise<void> }) {
  const { member, canManage, onChange } = props;
  const [isRemoved, setRemoved] = useState(false);
  const action = useAction();
  const words = text.team.members;
  const setRole = (role: Role) =>
    action.run(async () => {
      await change(changeRole, { id: member.id, role });
      say(words.roleChanged(member.name, text.team.roles[role]), async () => {
        await change(changeRole, { id: member.id, role: member.role });
        await onChange();
      });
      await onChange();
    });
  const remove = () =>
    action.run(async () => {
      await change(removeMember, { id: member.id });
      say(words.removed(member.name));
      setRemoved(false);
      await onChange();
    });
  const isOther = canManage && !member.isViewer;
  return (
    <li class="person">
      <Avatar name={member.name} />
      <span class="person-text">
        <span class="person-name">
          {member.name} {member.isViewer && <span class="badge">{words.you}</span>}
        </span>
        <span class="small soft">
          {[member.email, member.joinedAt && words.joined(formatDay(member.joinedAt))]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      {isOther ? (
        <span class="row">
          <select
            class="narrow"
            aria-label={words.role(member.name)}
            value={member.role}
            disabled={action.isBusy}
            onChange={(event) => void setRole(event.currentTarget.value as Role)}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {text.team.roles[role]}
              </option>
            ))}
          </select>
          <button type="button" class="button small" onClick={() => setRemoved(true)}>
            {words.remove}
          </button>
        </span>
      ) : (
        <span class="badge">{text.team.roles[member.role]}</span>
      )}
      {!isRemoved && <ProblemNote problem={action.problem} />}
      {isRemoved && (
        <ConfirmDialog
          title={words.removeTitle(member.name)}
          lead={words.removeLead}
          confirm={words.removeConfirm}
          action={action}
          onConfirm={remove}
          onClose={() => setRemoved(false)}
        />
      )}
    </li>
  );
}
