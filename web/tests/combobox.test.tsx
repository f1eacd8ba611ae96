import { cleanup, render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { useState } from "preact/hooks";
import { afterEach, expect, test, vi } from "vitest";
import { NO_PERSON, narrow, PersonCombobox, PersonField, referenceTo } from "../src/design/combobox";
import type { Suggestion } from "../src/documents/asking";

afterEach(cleanup);

const option = (id: string, name: string): Suggestion => ({
  lastContact: null,
  relation: "TIE",
  node: { id, name, title: null, company: null },
});
const found = [option("1", "Noor Haddad"), option("2", "Norma Vale")];

function show() {
  const onChoose = vi.fn();
  const suggest = vi.fn(async () => found);
  function Held() {
    const [value, setValue] = useState("");
    return (
      <PersonCombobox value={value} onInput={setValue} onChoose={onChoose} label="Person" suggest={suggest} />
    );
  }
  render(<Held />);
  return { onChoose, suggest, field: screen.getByRole("combobox", { name: "Person" }) };
}

test("suggestions appear while typing, and the arrows and Enter choose one", async () => {
  const { onChoose, field } = show();

  await userEvent.type(field, "no");
  await screen.findAllByRole("option");
  expect(field.getAttribute("aria-expanded")).toBe("true");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");

  const active = screen.getByRole("option", { selected: true });
  expect(active.textContent).toContain("Norma Vale");
  expect(field.getAttribute("aria-activedescendant")).toBe(active.id);
  await userEvent.keyboard("{Enter}");
  expect(onChoose).toHaveBeenCalledWith(found[1]);
  expect(screen.queryAllByRole("option")).toHaveLength(0);
});

test("the arrow up wraps around to the last option", async () => {
  const { field } = show();

  await userEvent.type(field, "no");
  await screen.findAllByRole("option");
  await userEvent.keyboard("{ArrowUp}");

  expect(screen.getByRole("option", { selected: true }).textContent).toContain("Norma Vale");
});

test("Escape closes the list and keeps the text", async () => {
  const { field } = show();

  await userEvent.type(field, "no");
  await screen.findAllByRole("option");
  await userEvent.keyboard("{Escape}");

  expect(field.getAttribute("aria-expanded")).toBe("false");
  expect((field as HTMLInputElement).value).toBe("no");
});

test("a click chooses, and one letter searches nothing", async () => {
  const { onChoose, suggest, field } = show();

  await userEvent.type(field, "n");
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(suggest).not.toHaveBeenCalled();
  await userEvent.type(field, "o");
  await userEvent.click((await screen.findAllByRole("option"))[0] as HTMLElement);

  expect(onChoose).toHaveBeenCalledWith(found[0]);
});

test("longer beginnings narrow complete suggestions without a request", () => {
  const jose = option("3", "José Vale");
  const full = ["4", "5", "6", "7", "8", "9"].map((id) => option(id, "Nora Vale"));
  const known = (beginning: string) => ({ no: found, va: [...found, jose], nora: full })[beginning];

  expect(narrow("nor", known)).toEqual([found[1]]);
  expect(narrow("va jos", known)).toEqual([jose]);
  expect(narrow("nox", known)).toBeNull();
  expect(narrow("nora", (beginning) => (beginning === "nora" ? full : undefined))).toBeNull();
});

test("a field of a form refers to the chosen suggestion, and after a change to the text", async () => {
  const suggest = vi.fn(async () => found);
  function Form() {
    const [person, setPerson] = useState(NO_PERSON);
    return (
      <>
        <PersonField label="Person" value={person} onChange={setPerson} suggest={suggest} />
        <output>{JSON.stringify(referenceTo(person))}</output>
      </>
    );
  }
  render(<Form />);
  const field = screen.getByRole("combobox", { name: "Person" });

  await userEvent.type(field, "nor");
  await userEvent.click(await screen.findByRole("option", { name: /Norma Vale/ }));
  expect((field as HTMLInputElement).value).toBe("Norma Vale");
  expect(document.querySelector("output")?.textContent).toBe('{"id":"2"}');

  await userEvent.type(field, " ");
  expect(document.querySelector("output")?.textContent).toBe('{"text":"Norma Vale"}');
});
