import { usePages } from "../api/use-pages";
import { Avatar, Empty, More, ProblemNote, Waiting } from "../design/parts";
import { listReciprocity } from "../documents/insights";
import { text } from "../strings";

type Favours = Record<keyof typeof text.network.balance.favours, number>;

export function BalanceTab({ tag }: { tag: string | null }) {
  const {
    nodes: entries,
    later,
    problem,
    isLoading,
    reload,
  } = usePages(listReciprocity, { tag }, (data) => data.reciprocity);
  if (isLoading) return <Waiting />;
  if (problem) return <ProblemNote problem={problem} retry={() => void reload()} />;
  const words = text.network.balance;
  if (entries.length === 0) return <Empty title={words.empty} />;
  return (
    <section class="stack-tight" aria-labelledby="balance">
      <h2 id="balance">{words.title}</h2>
      <p class="small soft">{words.lead}</p>
      <ul class="people-list">
        {entries.map((entry) => (
          <li key={entry.id} class="person">
            <Avatar name={entry.name} />
            <span class="person-text">
              <span class="person-name">{entry.name}</span>
              <span class="small">{entry.message}</span>
              <span class="small soft">
                {words.received}: {sum(entry.received)} · {words.given}: {sum(entry.given)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <More later={later} />
    </section>
  );
}

function sum(favours: Favours): string {
  const names = text.network.balance.favours;
  const parts = (Object.keys(names) as (keyof Favours)[]).filter((key) => favours[key] > 0);
  return parts.map((key) => `${names[key]} ${favours[key]}`).join(", ") || "0";
}
