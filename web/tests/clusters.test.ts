import { expect, test } from "vitest";
import type { NetworkMap } from "../src/documents/insights";
import { clustersOf } from "../src/map/clusters";
import { person } from "./answers";

const people = (...ids: string[]): NetworkMap["people"] =>
  ids.map((id) => ({
    person: person(id, id),
    strengthLabel: "GOOD",
    bestRouteCount: 0,
    shortenedRouteCount: 0,
  }));
const tie = (pair: string): NetworkMap["ties"][number] => ({
  firstPersonId: pair.charAt(0),
  secondPersonId: pair.charAt(1),
  strengthLabel: "GOOD",
});
const groups = (drawn: Pick<NetworkMap, "people" | "ties">) =>
  clustersOf(drawn).map(({ members }) => [...members].sort().join(""));

test("two groups that one tie joins are two clusters, in any order of the ties", () => {
  const ties = ["ab", "bc", "ac", "ad", "bd", "cd", "ef", "fg", "eg", "de"].map(tie);
  const all = people("a", "b", "c", "d", "e", "f", "g");

  expect(groups({ people: all, ties })).toEqual(["abcd", "efg"]);
  expect(groups({ people: [...all].reverse(), ties: [...ties].reverse() })).toEqual(["abcd", "efg"]);
});

test("people without ties, and pairs, are no cluster", () => {
  expect(groups({ people: people("a", "b", "c"), ties: [tie("ab")] })).toEqual([]);
});
