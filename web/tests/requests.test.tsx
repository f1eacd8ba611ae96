import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Request } from "../src/documents/requesting";
import { actionsOf, RequestActions } from "../src/requests/actions";
import RequestDialog from "../src/requests/request-dialog";
import { jane, noor } from "./answers";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const draft: Request = {
  id: "q1",
  role: "ASKER",
  status: "DRAFT",
  askerName: "Ana Ferreira",
  introducer: noor,
  isIntroducerMember: false,
  isIntroducerHidden: false,
  contact: jane,
  target: jane,
  reasonForIntroducer: "You two write to each other.",
  benefitForTarget: "",
  forwardableNote: "I would like to meet you.",
  outcome: null,
  redirectedTo: null,
  createdAt: "2026-11-22T10:00:00Z",
  updatedAt: "2026-11-22T10:00:00Z",
  expiresAt: null,
  availableActions: ["SEND", "WITHDRAW"],
  transitions: [],
  suggestedOutcome: null,
  nextMessage: null,
};

/** Answers each GraphQL operation by its name, as the service would, and records the inputs. */
function service(answers: Record<string, (input: Record<string, unknown>) => unknown>) {
  const inputs: Record<string, Record<string, unknown>> = {};
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_: RequestInfo, init: RequestInit) => {
      const { operationName, variables } = JSON.parse(String(init.body));
      inputs[operationName] = variables.input;
      const data = answers[operationName]?.(variables.input);
      return new Response(JSON.stringify({ data }), { headers: { "Content-Type": "application/json" } });
    }),
  );
  return inputs;
}

test("the dialog drafts, shows who reads each text, and sends the edited texts", async () => {
  const inputs = service({
    CreateRequest: () => ({ createIntroductionRequest: { request: draft } }),
    UpdateRequest: () => ({ updateIntroductionRequest: { request: draft } }),
    SendRequest: () => ({
      sendIntroductionRequest: { request: { ...draft, status: "SENT", availableActions: [] } },
    }),
  });
  render(<RequestDialog target={jane} introducer={noor} maxIntroducers={2} onClose={() => undefined} />);

  await userEvent.type(screen.getByLabelText("Why do you want to meet them?"), "To learn.");
  await userEvent.click(screen.getByRole("button", { name: "Draft the texts" }));
  const note = await screen.findByLabelText("Note to forward");
  expect(screen.getByText("The only text that Jane Okonkwo reads.")).toBeTruthy();
  expect(screen.getByText("Read by Noor Haddad only.")).toBeTruthy();
  await userEvent.clear(note);
  await userEvent.type(note, "Hello Jane");
  await userEvent.click(screen.getByRole("button", { name: "Send the request" }));

  expect(await screen.findByText("The request is sent.")).toBeTruthy();
  expect(inputs["CreateRequest"]).toMatchObject({
    target: { id: "j" },
    introducer: { id: "n" },
    purpose: "To learn.",
  });
  expect(inputs["UpdateRequest"]).toMatchObject({ id: "q1", forwardableNote: "Hello Jane" });
  expect(inputs["SendRequest"]?.["idempotencyKey"]).not.toBe(inputs["UpdateRequest"]?.["idempotencyKey"]);
});

test("a request to a colleague whose name is withheld names no introducer", async () => {
  const inputs = service({ CreateRequest: () => ({ createIntroductionRequest: { request: draft } }) });
  render(<RequestDialog target={jane} introducer={null} maxIntroducers={2} onClose={() => undefined} />);

  await userEvent.type(screen.getByLabelText("Why do you want to meet them?"), "To learn.");
  await userEvent.click(screen.getByRole("button", { name: "Draft the texts" }));

  await waitFor(() => expect(inputs["CreateRequest"]).toMatchObject({ introducer: null }));
});

test("an introducer can say that they do not know the person wherever they can accept or decline", () => {
  const sent: Request = { ...draft, role: "INTRODUCER", status: "SENT" };

  expect(
    actionsOf({ ...sent, availableActions: ["ACCEPT", "ALLOW_MENTION", "REDIRECT", "DECLINE"] }),
  ).toContain("DOES_NOT_KNOW");
  expect(
    actionsOf({ ...sent, status: "ACCEPTED", availableActions: ["RECORD_TARGET_ASKED", "DECLINE"] }),
  ).toEqual(["RECORD_TARGET_ASKED", "DECLINE"]);
});

test("declining is asked first, and a refusal of the service is shown", async () => {
  const request: Request = {
    ...draft,
    role: "INTRODUCER",
    status: "SENT",
    availableActions: ["ACCEPT", "DECLINE"],
  };
  vi.stubGlobal(
    "fetch",
    vi.fn(async () =>
      Response.json({
        errors: [{ message: "The request was withdrawn.", extensions: { code: "CONFLICT" } }],
      }),
    ),
  );
  const onChange = vi.fn(async () => undefined);
  render(<RequestActions request={request} onChange={onChange} />);

  await userEvent.click(screen.getByRole("button", { name: "Decline" }));
  expect(screen.getByText("Decline this request?")).toBeTruthy();
  await userEvent.click(document.querySelector('dialog button[type="submit"]') as HTMLElement);

  expect((await screen.findByRole("alert")).textContent).toContain("The request was withdrawn.");
  expect(onChange).not.toHaveBeenCalled();
});
