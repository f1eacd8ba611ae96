import { say } from "../app/notes";
import { Avatar, Strength } from "../design/parts";
import type { Route } from "../documents/fragments";
import { formatPercent, text } from "../strings";
import { Chain, type ChainPerson } from "./chain";
import { linksOf, weakerOf } from "./links";
import { TieRow } from "./tie-details";

interface Props {
  route: Route;
  viewerId: string | undefined;
  onRequest: (route: Route) => void;
  onPicture: (route: Route) => void;
}

/** The best route, open. */
export function BestRoute(props: Props) {
  const { route } = props;
  const first = route.introducers[0];
  return (
    <section class="card stack" aria-labelledby="best-route">
      <h2 id="best-route" class="answer-title">
        {text.ask.found.title(first?.name ?? "", route.target.name)}
      </h2>
      <RouteBody {...props} />
    </section>
  );
}

/** Another route, opened on demand. */
export function AlternativeRoute(props: Props) {
  const { route } = props;
  const [first, ...others] = route.introducers;
  if (!first) return null;
  return (
    <details class="card alternative">
      <summary>
        <Avatar name={first.name} kind="first" />
        <span class="person-text">
          <span class="person-name">{first.name}</span>
          <span class="soft small">
            {others.length > 0
              ? text.ask.found.through(others.map((person) => person.name).join(", "))
              : text.ask.job(first.title, first.company)}
          </span>
        </span>
        {route.sharesNobody && (
          <span class="badge" data-kind="good">
            {text.ask.found.sharesNobody}
          </span>
        )}
        <Strength
          label={weakerOf(linksOf(route).flatMap((link) => (link.isColleague ? [] : (link.label ?? []))))}
        />
      </summary>
      <div class="stack alternative-body">
        <RouteBody {...props} />
      </div>
    </details>
  );
}

function RouteBody({ route, viewerId, onRequest, onPicture }: Props) {
  const { introducerAvailability: availability } = route;
  return (
    <>
      {availability?.note && (
        <p class="notice" data-kind={availability.takesRequests ? "info" : "warn"}>
          {availability.note.charAt(0).toUpperCase() + availability.note.slice(1)}.
        </p>
      )}
      <Chain people={chainOf(route, viewerId)} label={route.summary} />
      {route.noAnswerNote && (
        <p class="notice" data-kind="warn">
          {route.noAnswerNote}
        </p>
      )}
      {route.dominatedRoutesNote && <p class="small soft">{route.dominatedRoutesNote}</p>}
      <p class="small soft">
        {route.score === null ? text.ask.found.noScore : text.ask.found.score(formatPercent(route.score))}
      </p>
      <div class="row">
        <button type="button" class="button primary" onClick={() => onRequest(route)}>
          {text.ask.found.request}
        </button>
        <button type="button" class="button" onClick={() => void copy(route.messageToForward)}>
          {text.ask.found.copy}
        </button>
        <button type="button" class="button quiet" onClick={() => onPicture(route)}>
          {text.ask.found.picture}
        </button>
      </div>
    </>
  );
}

function chainOf(route: Route, viewerId: string | undefined): ChainPerson[] {
  const links = linksOf(route);
  return [
    ...links.map(
      (link, index): ChainPerson => ({
        person: link.near,
        kind: index === 0 ? "you" : index === 1 ? "first" : "person",
        below: <TieRow link={link} viewerId={viewerId} />,
      }),
    ),
    { person: route.target, kind: "target" },
  ];
}

async function copy(message: string): Promise<void> {
  await navigator.clipboard.writeText(message);
  say(text.ask.found.copied);
}
