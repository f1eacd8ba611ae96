import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { forgetAnswers } from "../src/api/client";
import { clearNote, Notes } from "../src/app/notes";
import { NurtureTab } from "../src/network/nurture";
import { text } from "../src/strings";
import { jane, noor } from "./answers";

afterEach(() => {
  cleanup();
  clearNote();
  forgetAnswers();
  vi.unstubAllGlobals();
});

const nothing = { everyDays: null, note: null, snoozedUntil: null, doneOn: null, neverSince: null };
const shown = { id: "p1", person: noor, otherPerson: null, isAboutTwo: false, ...nothing, everyDays: 30 };
const later = {
  id: "p2",
  person: jane,
  otherPerson: null,
  ...nothing,
  everyDays: 60,
  note: "Ask about Oslo.",
};

/** Answers each GraphQL operation by its name, as the service would, and records the mutations. */
function service(answers: Record<string, (variables: Record<string, unknown>) => unknown>) {
  const mutations: [string, unknown][] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_: RequestInfo, init: RequestInit) => {
      const { operationName, variables } = JSON.parse(String(init.body));
      if (variables.input) mutations.push([operationName, variables.input]);
      const data = answers[operationName]?.(variables);
      return new Response(JSON.stringify({ data }), { headers: { "Content-Type": "application/json" } });
    }),
  );
  return mutations;
}

function renderTab() {
  render(
    <>
      <NurtureTab />
      <Notes />
    </>,
  );
}

test("the undo of a change restores a plan of a page that is not shown", async () => {
  const mutations = service({
    ListNurture: () => ({ nurtureSuggestions: { nodes: [] } }),
    ListPlans: ({ after }) => ({
      contactPlans: after
        ? { nodes: [later], pageInfo: { hasNextPage: false, endCursor: null } }
        : { nodes: [shown], pageInfo: { hasNextPage: true, endCursor: "c1" } },
    }),
    SetContactPlan: () => ({ setContactPlan: { contactPlan: { id: "p2" } } }),
    RestoreContactPlan: () => ({ restoreContactPlan: { contactPlan: { id: "p2" } } }),
  });
  renderTab();

  await userEvent.type(await screen.findByRole("combobox", { name: "Person" }), "Jane Okonkwo");
  await userEvent.click(screen.getByRole("button", { name: "Keep in touch" }));
  await userEvent.click(await screen.findByRole("button", { name: /Undo/ }));

  await waitFor(() =>
    expect(mutations.map(([name]) => name)).toEqual(["SetContactPlan", "RestoreContactPlan"]),
  );
  expect(mutations[1]?.[1]).toMatchObject({
    person: { id: jane.id },
    everyDays: 60,
    note: "Ask about Oslo.",
  });
});

test("a plan about two people is not restored as a plan about one, if the other is in no source now", async () => {
  const half = { id: "p3", person: noor, otherPerson: null, isAboutTwo: true, ...nothing };
  const mutations = service({
    ListNurture: () => ({ nurtureSuggestions: { nodes: [] } }),
    ListPlans: () => ({ contactPlans: { nodes: [half], pageInfo: { hasNextPage: false, endCursor: null } } }),
    DeleteContactPlan: () => ({ deleteContactPlan: { deletedContactPlanId: "p3" } }),
  });
  renderTab();

  await userEvent.click(await screen.findByRole("button", { name: /Delete/ }));

  expect(await screen.findByText(text.network.nurture.removed)).toBeTruthy();
  expect(mutations.map(([name]) => name)).toEqual(["DeleteContactPlan"]);
  expect(screen.queryByRole("button", { name: /Undo/ })).toBeNull();
});
