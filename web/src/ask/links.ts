import type { Person, Route, Step, StrengthLabel } from "../documents/fragments";

/** The tie between two neighbours of a route, seen from the viewer outwards. */
export interface Link {
  near: Person;
  far: Person;
  /** One directed tie, or both directions of the last one. */
  ties: (Pick<Step, "fromPerson" | "toPerson" | "strength" | "strengthLabel" | "evidence" | "isAsleep"> & {
    isUnreachable?: boolean;
  })[];
  label: StrengthLabel | null;
  isWeakest: boolean;
  isColleague: boolean;
}

const ORDER: StrengthLabel[] = ["WEAK", "FAIR", "GOOD", "STRONG"];

export function weakerOf(labels: StrengthLabel[]): StrengthLabel | null {
  return ORDER.find((label) => labels.includes(label)) ?? null;
}

/** The links of a route from the viewer to the target. */
export function linksOf(route: Route): Link[] {
  const { introducers, target, steps, colleagueTie } = route;
  const viewer = (colleagueTie ?? steps[0])?.toPerson;
  if (!viewer) return [];
  const people = [viewer, ...introducers, target];
  const before = steps.slice(0, -2);
  return people.slice(1).map((far, index) => {
    const near = people[index] ?? viewer;
    const isColleague = index === 0 && !!colleagueTie;
    const isLast = index === people.length - 2;
    const own = before[index - (colleagueTie ? 1 : 0)];
    const ties = isColleague ? [colleagueTie] : isLast ? steps.slice(-2) : own ? [own] : [];
    return {
      near,
      far,
      ties: ties as Link["ties"],
      label: weakerOf(ties.flatMap((tie) => tie.strengthLabel ?? [])),
      isColleague,
      isWeakest: !isColleague && ties.some((tie) => isSame(tie, route.weakestStep)),
    };
  });
}

function isSame(
  tie: { fromPerson: { id: string }; toPerson: { id: string } },
  step: { fromPerson: { id: string }; toPerson: { id: string } },
): boolean {
  return tie.fromPerson.id === step.fromPerson.id && tie.toPerson.id === step.toPerson.id;
}
