import type { ComponentChildren } from "preact";
import { Avatar, Job } from "../design/parts";
import type { Person } from "../documents/fragments";
import { text } from "../strings";

export interface ChainPerson {
  person: Pick<Person, "id" | "name" | "title" | "company">;
  kind: "you" | "first" | "person" | "target";
  /** What stands between this person and the next. */
  below?: ComponentChildren;
  isBroken?: boolean;
}

/** People from the viewer to the target, one below the other, with what connects them in between. */
export function Chain({ people, label }: { people: ChainPerson[]; label: string }) {
  return (
    <ol class="chain" aria-label={label}>
      {people.map(({ person, kind, below, isBroken }) => (
        <li key={person.id} data-broken={isBroken}>
          <div class="person">
            <Avatar name={person.name} kind={kind} />
            <span class="person-text">
              <span class="person-name">{kind === "you" ? text.you : person.name}</span>
              {kind !== "you" && <Job person={person} />}
            </span>
          </div>
          {below && <div class="between-people">{below}</div>}
        </li>
      ))}
    </ol>
  );
}
