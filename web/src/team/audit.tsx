import { usePages } from "../api/use-pages";
import { Empty, More, ProblemNote, Waiting } from "../design/parts";
import { type AuditEntry, listAudit } from "../documents/team";
import { formatDay, text } from "../strings";

const SHOWN_PEOPLE = 3;

export function AuditTab() {
  const {
    nodes: entries,
    later,
    problem,
    isLoading,
    reload,
  } = usePages(listAudit, {}, (data) => data.auditEntries);
  const words = text.team.audit;
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  if (entries.length === 0) return <Empty title={words.empty} />;
  return (
    <>
      <p class="soft">{words.lead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard */}
      <section class="wide-table" aria-label={text.team.tabs.audit} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[words.when, words.who, words.what, words.whom].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.occurredAt + entry.memberName + entry.action}>
                <td>{formatDay(entry.occurredAt)}</td>
                <td>{entry.memberName}</td>
                <td>{words.actions[entry.action] ?? entry.action}</td>
                <td>{peopleOf(entry)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More later={later} />
    </>
  );
}

function peopleOf({ people, peopleCount }: AuditEntry): string {
  const names = people.slice(0, SHOWN_PEOPLE).map(({ name }) => name);
  const rest = peopleCount - names.length;
  return [...names, ...(rest > 0 && names.length > 0 ? [text.team.audit.more(rest)] : [])].join(", ");
}
