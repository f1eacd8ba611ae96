import { useMemo, useState } from "preact/hooks";
import { useRead } from "../api/use-read";
import { lazily } from "../app/lazily";
import { Avatar, Empty, Job, ProblemNote, ScreenTitle, Strength, Waiting } from "../design/parts";
import { type MapPerson, type NetworkMap, readMap } from "../documents/insights";
import { NothingToMeasure } from "../network/nothing";
import { TagFilter } from "../network/tag-filter";
import { formatNumber, text } from "../strings";
import { type Cluster, clustersOf } from "./clusters";
import "./map.css";

const Canvas = lazily(() => import("./canvas"));
const SHOWN = 5;

export default function MapScreen() {
  const [tag, setTag] = useState<string | null>(null);
  const { data, problem, isLoading, reload } = useRead(readMap, { tag });
  const drawn = data?.networkMap;
  return (
    <>
      <ScreenTitle lead={text.map.lead}>{text.map.title}</ScreenTitle>
      <TagFilter tag={tag} onChange={setTag} />
      {isLoading && <Waiting lines={5} />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {drawn &&
        drawn.people.length === 0 &&
        (tag ? <Empty title={text.map.nobodyOfTag} /> : <NothingToMeasure />)}
      {drawn && drawn.people.length > 0 && <MapView drawn={drawn} />}
    </>
  );
}

function MapView({ drawn }: { drawn: NetworkMap }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const clusters = useMemo(() => clustersOf(drawn), [drawn]);
  const known = drawn.people.filter(({ strengthLabel }) => strengthLabel);
  const person = drawn.people.find((each) => each.person.id === chosen);
  return (
    <>
      <p>
        {text.map.summary(
          formatNumber(known.length),
          formatNumber(drawn.people.length - known.length),
          formatNumber(drawn.ties.length),
        )}
      </p>
      <Canvas drawn={drawn} clusters={clusters} onChoose={setChosen} />
      <div role="status">{person && <Chosen shown={person} />}</div>
      <div class="columns">
        <Ranked
          title={text.map.bridges}
          lead={text.map.bridgesLead}
          empty={text.map.noBridges}
          people={top(drawn.people, ({ bestRouteCount }) => bestRouteCount)}
          word={({ bestRouteCount }) => text.map.reaches(bestRouteCount)}
        />
        <Ranked
          title={text.map.opens}
          lead={text.map.opensLead}
          empty={text.map.noOpens}
          people={top(drawn.people, ({ shortenedRouteCount }) => shortenedRouteCount)}
          word={({ shortenedRouteCount }) => text.map.shortened(shortenedRouteCount)}
        />
      </div>
      <Clusters clusters={clusters} people={drawn.people} />
    </>
  );
}

function top(people: MapPerson[], count: (person: MapPerson) => number): MapPerson[] {
  const counted = people.filter((person) => count(person) > 0);
  return counted.sort((one, other) => count(other) - count(one)).slice(0, SHOWN);
}

function Chosen({ shown: { person, strengthLabel } }: { shown: MapPerson }) {
  return (
    <div class="card person">
      <Avatar name={person.name} kind={strengthLabel ? "first" : "target"} />
      <span class="person-text">
        <span class="person-name">{person.name}</span>
        <Job person={person} />
      </span>
      {strengthLabel ? (
        <Strength label={strengthLabel} />
      ) : (
        <a class="button small" href={`/#to=${encodeURIComponent(person.id)}`}>
          {text.map.ask}
        </a>
      )}
    </div>
  );
}

function Ranked(props: {
  title: string;
  lead: string;
  empty: string;
  people: MapPerson[];
  word: (person: MapPerson) => string;
}) {
  const { title, lead, empty, people, word } = props;
  return (
    <section class="stack-tight" aria-label={title}>
      <h2>{title}</h2>
      <p class="small soft">{people.length > 0 ? lead : empty}</p>
      <ul class="people-list">
        {people.map((each) => (
          <li key={each.person.id} class="person">
            <Avatar name={each.person.name} kind={each.strengthLabel ? "first" : "target"} />
            <span class="person-text">
              <a class="person-name" href={`/#to=${encodeURIComponent(each.person.id)}`}>
                {each.person.name}
              </a>
              <Job person={each.person} />
            </span>
            <span class="small">{word(each)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Clusters({ clusters, people }: { clusters: Cluster[]; people: MapPerson[] }) {
  const names = new Map(people.map(({ person }) => [person.id, person.name]));
  return (
    <section class="stack-tight" aria-labelledby="clusters">
      <h2 id="clusters">{text.map.clusters}</h2>
      <p class="small soft">{clusters.length > 0 ? text.map.clustersLead : text.map.noClusters}</p>
      {clusters.map(({ centre, members }, index) => (
        <details key={centre} class="card">
          <summary class="row">
            <span class="swatch" data-cluster={(index % 6) + 1} aria-hidden="true" />
            <span class="person-name">{text.map.cluster(names.get(centre) ?? "")}</span>
            <span class="small soft">{text.map.reaches(members.length)}</span>
          </summary>
          <p class="small">{members.map((id) => names.get(id)).join(", ")}</p>
        </details>
      ))}
    </section>
  );
}
