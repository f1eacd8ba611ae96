import type { StrengthLabel } from "../documents/fragments";
import type { NetworkMap } from "../documents/insights";

const WEIGHT: Record<StrengthLabel, number> = { WEAK: 1, FAIR: 2, GOOD: 3, STRONG: 4 };
const MOST_ROUNDS = 20;
const LEAST_PEOPLE = 3;

export interface Cluster {
  /** The person with the most ties inside. */
  centre: string;
  members: string[];
}

/**
 * Groups people by their ties to each other, by label propagation: each person joins the group of most of their ties,
 * until nobody moves. The viewer is left out, because everybody is tied to the viewer. The result is the same each time.
 */
export function clustersOf({ people, ties }: Pick<NetworkMap, "people" | "ties">): Cluster[] {
  const neighbours = new Map<string, [string, number][]>(people.map(({ person }) => [person.id, []]));
  for (const { firstPersonId, secondPersonId, strengthLabel } of ties) {
    neighbours.get(firstPersonId)?.push([secondPersonId, WEIGHT[strengthLabel]]);
    neighbours.get(secondPersonId)?.push([firstPersonId, WEIGHT[strengthLabel]]);
  }
  const ids = new Map([...neighbours].map(([id, others]) => [id, new Set(others.map(([other]) => other))]));
  for (const [id, others] of neighbours) {
    // a tie counts more where both share neighbours: a single tie between two groups does not join them
    for (const each of others) each[1] *= 1 + shared(id, each[0]);
  }
  const order = [...neighbours.keys()].sort(
    (one, other) => degree(other) - degree(one) || (one < other ? -1 : 1),
  );
  const group = new Map(order.map((id) => [id, id]));

  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let hasMoved = false;
    for (const id of order) {
      const votes = new Map<string, number>();
      for (const [other, weight] of neighbours.get(id) ?? []) {
        const name = group.get(other) ?? other;
        votes.set(name, (votes.get(name) ?? 0) + weight);
      }
      const [best] = [...votes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      if (best && best[1] > (votes.get(group.get(id) ?? "") ?? 0)) {
        group.set(id, best[0]);
        hasMoved = true;
      }
    }
    if (!hasMoved) break;
  }
  const members = new Map<string, string[]>();
  for (const id of order) {
    const name = group.get(id) ?? id;
    members.set(name, [...(members.get(name) ?? []), id]);
  }
  return [...members.values()]
    .filter((ids) => ids.length >= LEAST_PEOPLE)
    .sort((one, other) => other.length - one.length)
    .map((ids) => ({ centre: ids[0] ?? "", members: ids }));

  function shared(one: string, other: string): number {
    return [...(ids.get(one) ?? [])].filter((id) => ids.get(other)?.has(id)).length;
  }

  function degree(id: string): number {
    return neighbours.get(id)?.length ?? 0;
  }
}
