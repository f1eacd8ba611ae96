import { cleanup, render, screen, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { AnswerView } from "../src/ask/answer";
import { linksOf } from "../src/ask/links";
import { drawRoute } from "../src/ask/picture";
import type { Answer } from "../src/documents/asking";
import {
  alreadyKnown,
  ambiguous,
  ana,
  introductions,
  jane,
  noor,
  refusal,
  route,
  rui,
  step,
  unknown,
} from "./answers";

afterEach(cleanup);

function show(answer: Answer) {
  const handlers = {
    onChoose: vi.fn(),
    onRequest: vi.fn(),
    onPicture: vi.fn(),
    onChange: vi.fn(async () => undefined),
  };
  render(<AnswerView answer={answer} asked="Jane" viewerId={ana.id} {...handlers} />);
  return handlers;
}

test("routes name the person to ask first, and keep the others apart", () => {
  show(introductions());

  expect(
    screen.getByRole("heading", { name: "Ask Noor Haddad to introduce you to Jane Okonkwo" }),
  ).toBeTruthy();
  const chain = screen.getAllByRole("list", { name: "Noor Haddad to you: strong." })[0];
  expect(chain?.textContent).toMatch(/You.*Noor Haddad.*Jane Okonkwo/);
  const others = screen.getByRole("region", { name: "Other people to ask" });
  expect(within(others).getByText("shares nobody with the first route")).toBeTruthy();
});

test("the weakest step is marked once", () => {
  show(introductions({ routes: [route(noor)] }));

  expect(screen.getAllByText("weakest step")).toHaveLength(1);
});

test("a request is for the target and the route", async () => {
  const { onRequest } = show(introductions({ routes: [route(noor)] }));

  await userEvent.click(screen.getByRole("button", { name: "Request the introduction" }));

  expect(onRequest).toHaveBeenCalledWith(jane, route(noor));
});

test("an unnamed colleague can be asked, and an incomplete search is reported", async () => {
  const { onRequest } = show(introductions({ withheldStrengthLabel: "GOOD", isComplete: false }));

  await userEvent.click(screen.getByRole("button", { name: "Ask the unnamed colleague" }));

  expect(onRequest).toHaveBeenCalledWith(jane, null);
  expect(screen.getByText("The search ran out of time. Better routes may exist.")).toBeTruthy();
});

test("a route without a number says that only labels are shared", () => {
  show(introductions({ routes: [route(noor, { score: null })] }));

  expect(screen.getByText(/This route has no score/)).toBeTruthy();
});

test("an introducer who takes no requests is marked before the chain", () => {
  show(
    introductions({
      routes: [route(noor, { introducerAvailability: { takesRequests: false, note: "takes no requests" } })],
    }),
  );

  expect(screen.getByText("Takes no requests.").dataset["kind"]).toBe("warn");
});

test("a route says how many others lead through its introducer", () => {
  show(introductions({ routes: [route(noor, { dominatedRoutesNote: "2 more routes lead through Noor." })] }));

  expect(screen.getByText("2 more routes lead through Noor.")).toBeTruthy();
});

test("a target whom the viewer knows comes first", () => {
  show(alreadyKnown({ routes: [route(noor)] }));

  expect(screen.getByRole("heading", { name: "You already know Jane Okonkwo" })).toBeTruthy();
  expect(screen.getByRole("heading", { name: "Stronger routes through other people" })).toBeTruthy();
});

test("a refusal marks the broken link between the two people", () => {
  show(refusal());

  const broken = document.querySelectorAll('li[data-broken="true"]');
  expect(broken).toHaveLength(1);
  expect(broken[0]?.textContent).toContain("You");
  expect(broken[0]?.textContent).toContain("contact in one direction only");
  expect(screen.getByText("One message from Noor Haddad is enough.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "State that Noor Haddad knows you" })).toBeTruthy();
});

test("a refusal without a chain, and one by the viewer's own statement, offer no statement", () => {
  show(refusal({ nearestMiss: null, reason: "NONE_SEEN" }));
  show(refusal({ reason: "DO_NOT_ROUTE" }));

  expect(screen.queryAllByRole("button", { name: /State that/ })).toHaveLength(0);
  expect(screen.getByText(/no chain of people/)).toBeTruthy();
});

test("possible connectors and people asleep stand apart from routes", () => {
  const connector = {
    person: noor,
    company: "Halden Robotics",
    title: "Engineer",
    until: null,
    step: { strengthLabel: "GOOD" as const, evidence: "9 messages" },
  };
  show(
    refusal({
      possibleConnectors: [connector],
      asleepIntroducers: [{ person: rui, note: "Rui and you: none since." }],
      unreachableIntroducers: [{ person: noor, note: "Noor: mail was returned." }],
    }),
  );

  expect(
    within(screen.getByRole("region", { name: "Possible connectors" })).getByText("Noor Haddad"),
  ).toBeTruthy();
  expect(
    within(screen.getByRole("region", { name: "Asleep" })).getByText("Rui and you: none since."),
  ).toBeTruthy();
  expect(
    within(screen.getByRole("region", { name: "Cannot be reached" })).getByText("Noor: mail was returned."),
  ).toBeTruthy();
});

test("routes below the minimum score are reported", () => {
  show(introductions({ lowScoreRoutesNote: "2 more routes have a score below 5 %." }));

  expect(screen.getByText("2 more routes have a score below 5 %.")).toBeTruthy();
});

test("a choice among several people asks for that person", async () => {
  const { onChoose } = show(ambiguous);

  await userEvent.click(screen.getByRole("button", { name: /Baltic Freight/ }));

  expect(onChoose).toHaveBeenCalledWith(ambiguous.candidates[1]?.person);
});

test("an unknown name offers similar people", async () => {
  const { onChoose } = show(unknown());

  await userEvent.click(screen.getByRole("button", { name: /Jane Okonkwo/ }));

  expect(onChoose).toHaveBeenCalledWith(jane);
});

test("the tie of a colleague comes first and does not count as the weakest step", () => {
  const viaColleague = route(rui, {
    introducers: [rui, noor],
    colleagueTie: { ...step(rui, ana, "WEAK") },
    steps: [step(noor, rui, "GOOD"), step(noor, jane, "STRONG"), step(jane, noor, "FAIR")],
    weakestStep: { fromPerson: { id: jane.id }, toPerson: { id: noor.id } },
  });

  const links = linksOf(viaColleague);

  expect(links.map(({ near, far }) => [near.id, far.id])).toEqual([
    ["a", "r"],
    ["r", "n"],
    ["n", "j"],
  ]);
  expect(links.map(({ label }) => label)).toEqual(["WEAK", "GOOD", "FAIR"]);
  expect(links.map(({ isWeakest }) => isWeakest)).toEqual([false, false, true]);
});

test("a shared picture contains no name unless the viewer shows them", () => {
  const hidden = drawRoute(route(noor), false);

  for (const name of ["Noor", "Haddad", "Jane", "Okonkwo", "Ana", "Halden", "Fjord"])
    expect(hidden).not.toContain(name);
  expect(drawRoute(route(noor), true)).toContain("Noor Haddad");
});
