import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { forgetAnswers } from "../src/api/client";
import { clearNote, Notes } from "../src/app/notes";
import { PruneTab } from "../src/network/prune";
import NetworkScreen from "../src/network/screen";
import { TagsTab } from "../src/network/tags";
import { text } from "../src/strings";

afterEach(() => {
  cleanup();
  clearNote();
  forgetAnswers();
  vi.unstubAllGlobals();
});

const words = text.network.tags;
const clients = {
  id: "t1",
  name: "clients",
  isOwn: true,
  isShared: false,
  peopleCount: 0,
  rule: "Rule: everybody at Halden.",
};
const page = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** Answers each GraphQL operation with the data of the moment, and records what was sent. `refused` has an error. */
function service(
  tags: unknown[],
  refused?: string,
  { isNew = true, pageInfo = page.pageInfo as object } = {},
) {
  const sent: [string, Record<string, unknown>][] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_: RequestInfo, init: RequestInit) => {
      const { operationName, variables } = JSON.parse(String(init.body));
      sent.push([operationName, variables]);
      if (operationName === refused) {
        const errors = [{ message: "Not valid.", extensions: { code: "BAD_USER_INPUT" } }];
        return new Response(JSON.stringify({ data: null, errors }), {
          headers: { "Content-Type": "application/json" },
        });
      }
      if (operationName === "DeleteTag") tags.length = 0;
      if (operationName === "CreateTag") tags.push({ ...clients, id: "t2", name: variables.input.name });
      const data = {
        tags: variables.after
          ? { ...page, nodes: [{ ...clients, id: "t9", name: "suppliers" }] }
          : { ...page, nodes: tags, pageInfo },
        listedPeople: page,
        pruneSuggestions: page,
        archivedPeople: page,
        networkHealth: null,
        createTag: { tag: { id: "t2", name: "alumni" }, isNew },
        setTagRule: { isNew, replacedRule: isNew ? null : clients.rule },
        deleteTag: { deletedTagId: "t1" },
      };
      return new Response(JSON.stringify({ data }), { headers: { "Content-Type": "application/json" } });
    }),
  );
  return sent;
}

function renderTags() {
  render(
    <>
      <TagsTab />
      <Notes />
    </>,
  );
}

test("a tag is created with the rule that was typed", async () => {
  const sent = service([]);
  const user = userEvent.setup();
  renderTags();
  await user.type(await screen.findByLabelText(words.name), "alumni");
  await user.click(screen.getByText(words.rule.title));
  await user.type(screen.getByLabelText(words.rule.schools), "Leeds{enter}Oslo");
  await user.type(screen.getByLabelText(words.rule.studiedFrom), "2008");
  await user.selectOptions(screen.getByLabelText(words.rule.channel), "MAIL");
  await user.selectOptions(screen.getByLabelText(words.rule.sourceKind), "LINKEDIN");
  await user.selectOptions(screen.getByLabelText(words.rule.strength), "GOOD");
  await user.click(screen.getByRole("button", { name: words.add }));
  await screen.findByText(words.added);
  const [, variables] = sent.find(([name]) => name === "SetTagRule") ?? [];
  expect(variables?.input).toMatchObject({
    tag: "alumni",
    companies: [],
    domains: [],
    schools: ["Leeds", "Oslo"],
    groups: [],
    studiedFrom: 2008,
    studiedUntil: null,
    channels: ["MAIL"],
    sourceKinds: ["LINKEDIN"],
    minStrengthLabel: "GOOD",
  });
});

test("a tag that exists is changed with a note about its earlier rule, and its deletion is not offered", async () => {
  service([], undefined, { isNew: false }); // a list of more than one page does not show the tag
  const user = userEvent.setup();
  renderTags();
  await user.type(await screen.findByLabelText(words.name), "clients");
  await user.click(screen.getByText(words.rule.title));
  await user.type(screen.getByLabelText(words.rule.companies), "Near");
  await user.click(screen.getByRole("button", { name: words.add }));
  await screen.findByText(words.existed("clients", clients.rule));
  expect(screen.queryByRole("button", { name: text.notes.undo })).toBeNull();
});

test("a tag without a rule sets none", async () => {
  const sent = service([]);
  const user = userEvent.setup();
  renderTags();
  await user.type(await screen.findByLabelText(words.name), "alumni");
  await user.click(screen.getByRole("button", { name: words.add }));
  await screen.findByText(words.added);
  expect(sent.map(([name]) => name)).toContain("CreateTag");
  expect(sent.map(([name]) => name)).not.toContain("SetTagRule");
});

test("the deletion of a tag with a rule has no undo, which would lose the rule", async () => {
  service([clients]);
  const user = userEvent.setup();
  renderTags();
  const name = await screen.findByText(clients.name);
  const details = name.closest("details");
  if (details) details.open = true;
  details?.dispatchEvent(new Event("toggle"));
  await screen.findByText(clients.rule);
  await user.click(await screen.findByRole("button", { name: words.remove }));
  await screen.findByText(words.removed(clients.name));
  expect(screen.queryByRole("button", { name: text.notes.undo })).toBeNull();
});

test("the chosen tag limits the reports of the screen", async () => {
  const sent = service([clients]);
  const user = userEvent.setup();
  render(<NetworkScreen />);
  await user.selectOptions(await screen.findByLabelText(words.filter), clients.name);
  await waitFor(() => {
    expect(sent).toContainEqual(["ReadHealth", { tag: clients.name }]);
  });
});

test("a tag of the second page of tags can be chosen", async () => {
  const sent = service([clients], undefined, { pageInfo: { hasNextPage: true, endCursor: "c" } });
  const user = userEvent.setup();
  render(<NetworkScreen />);
  await user.click(await screen.findByRole("button", { name: words.more }));
  await user.selectOptions(screen.getByLabelText(words.filter), await screen.findByText("suppliers"));
  await waitFor(() => {
    expect(sent).toContainEqual(["ReadHealth", { tag: "suppliers" }]);
  });
});

test("a tag limits what can be archived and what is archived", async () => {
  const sent = service([]);
  render(<PruneTab tag="clients" />);
  await screen.findByText(text.network.prune.empty);
  expect(sent).toContainEqual(["ListPrune", { rule: null, tag: "clients" }]);
  expect(sent).toContainEqual(["ListArchived", { tag: "clients" }]);
});

test("a tag whose rule is refused is not created", async () => {
  const sent = service([], "SetTagRule");
  const user = userEvent.setup();
  renderTags();
  await user.type(await screen.findByLabelText(words.name), "alumni");
  await user.click(screen.getByText(words.rule.title));
  await user.type(screen.getByLabelText(words.rule.studiedFrom), "2008");
  await user.click(screen.getByRole("button", { name: words.add }));
  await screen.findByText("Not valid.");
  expect(sent.map(([name]) => name)).not.toContain("CreateTag");
});

test("a tag that was created can be chosen at once", async () => {
  service([]);
  const user = userEvent.setup();
  history.replaceState(null, "", "/network#tags");
  render(<NetworkScreen />);
  await user.click(await screen.findByRole("tab", { name: text.network.tabs.tags }));
  await user.type(await screen.findByLabelText(words.name), "alumni");
  await user.click(screen.getByRole("button", { name: words.add }));
  expect(await screen.findByRole("option", { name: "alumni" })).toBeTruthy();
});

test("a tag that was deleted limits no report", async () => {
  const sent = service([clients]);
  const user = userEvent.setup();
  render(<NetworkScreen />);
  await user.selectOptions(await screen.findByLabelText(words.filter), clients.name);
  await user.click(screen.getByRole("tab", { name: text.network.tabs.tags }));
  const details = (await screen.findByText(clients.name, { selector: ".person-name" })).closest("details");
  if (details) details.open = true;
  details?.dispatchEvent(new Event("toggle"));
  await user.click(await screen.findByRole("button", { name: words.remove }));
  await waitFor(() => expect(screen.queryByLabelText(words.filter)).toBeNull());
  sent.length = 0;
  forgetAnswers();
  await user.click(screen.getByRole("tab", { name: text.network.tabs.health }));
  await waitFor(() => expect(sent).toContainEqual(["ReadHealth", { tag: null }]));
});
