import { useEffect, useId, useRef, useState } from "preact/hooks";
import { peek, read } from "../api/client";
import { type Suggestion, suggestPeople } from "../documents/asking";
import { text } from "../strings";
import { Avatar } from "./parts";

const PAUSE_MS = 200;
const MIN_LENGTH = 2;
const MOST = 6;

/** A text field with suggestions, after the combobox pattern of the ARIA Authoring Practices. */
export function PersonCombobox({
  value,
  onInput,
  onChoose,
  label,
  placeholder,
  hintId,
  isField = false,
  suggest = search,
}: {
  value: string;
  onInput: (value: string) => void;
  onChoose: (suggestion: Suggestion) => void;
  label: string;
  placeholder?: string;
  hintId?: string | undefined;
  /** Whether it is a required field of a form, with a visible label. */
  isField?: boolean;
  suggest?: (words: string) => Promise<Suggestion[]>;
}) {
  const id = useId();
  const [options, setOptions] = useState<Suggestion[]>([]);
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const typed = useRef("");

  useEffect(() => {
    const words = value.trim();
    if (typed.current !== value || words.length < MIN_LENGTH) {
      setOptions([]);
      setOpen(false);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const found = await suggest(words).catch(() => []);
      // a field that lost the focus in the meantime shows nothing
      if (!isCurrent || document.activeElement?.id !== id) return;
      setOptions(found);
      setActive(-1);
      setOpen(true);
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [value, suggest, id]);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (option: Suggestion) => {
    typed.current = "";
    close();
    onChoose(option);
  };
  const move = (by: number) => {
    if (!isOpen) setOpen(options.length > 0);
    const count = options.length + 1;
    setActive(((active + 1 + by + count) % count) - 1);
  };
  const press = (event: KeyboardEvent) => {
    const option = options[active];
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && isOpen && option) choose(option);
    else if (event.key === "Escape" && isOpen) close();
    else {
      if (event.key === "Enter" || event.key === "Tab") close();
      return;
    }
    event.preventDefault();
  };
  const isShown = isOpen && options.length > 0;
  return (
    <div class={isField ? "combobox field" : "combobox"}>
      <label for={id} class={isField ? undefined : "visually-hidden"}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="words"
        spellcheck={false}
        enterkeyhint="search"
        aria-autocomplete="list"
        aria-describedby={hintId}
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-activedescendant={isShown && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        maxLength={500}
        required={isField}
        value={value}
        onInput={(event) => {
          typed.current = event.currentTarget.value;
          onInput(event.currentTarget.value);
        }}
        onKeyDown={press}
        onBlur={close}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} hidden={!isShown}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled in the input
          <div
            key={option.node.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <Avatar name={option.node.name} />
            <span class="option-text">
              <span>{option.node.name}</span>
              <span class="soft small">{text.ask.job(option.node.title, option.node.company)}</span>
            </span>
            <span class="soft small option-relation">{text.ask.relations[option.relation]}</span>
          </div>
        ))}
      </div>
      <span class="visually-hidden" role="status">
        {isOpen ? text.ask.suggestionCount(options.length) : ""}
      </span>
    </div>
  );
}

/** A person in a form: what was typed, and the id if a suggestion was chosen. */
export interface PersonChoice {
  text: string;
  id?: string;
}

export const NO_PERSON: PersonChoice = { text: "" };

/** The `PersonRef` of a choice. */
export function referenceTo({ text, id }: PersonChoice): { id: string } | { text: string } {
  return id ? { id } : { text: text.trim() };
}

/** A required field of a form that takes one person, with suggestions. */
export function PersonField(props: {
  label: string;
  value: PersonChoice;
  onChange: (value: PersonChoice) => void;
  suggest?: (words: string) => Promise<Suggestion[]>;
}) {
  const { label, value, onChange, suggest = search } = props;
  return (
    <PersonCombobox
      label={label}
      value={value.text}
      onInput={(text) => onChange({ text })}
      onChoose={({ node }) => onChange({ text: node.name, id: node.id })}
      suggest={suggest}
      isField
    />
  );
}

async function search(words: string): Promise<Suggestion[]> {
  const narrowed = narrow(words, (search) => peek(suggestPeople, { search })?.people?.edges);
  return narrowed ?? (await read(suggestPeople, { search: words })).people?.edges ?? [];
}

/** The suggestions that follow from those for a shorter beginning. Null if the service must be asked. */
export function narrow(
  words: string,
  known: (beginning: string) => Suggestion[] | undefined,
): Suggestion[] | null {
  const parts = partsOf(words);
  for (let length = words.length; length >= MIN_LENGTH; length -= 1) {
    const found = known(words.slice(0, length)) ?? [];
    const fitting = found.filter(({ node }) => {
      const names = partsOf(node.name);
      return parts.every((part) => names.some((name) => name.startsWith(part)));
    });
    // the service finds others if it had more people than it suggested, or another spelling
    if (found.length < MOST && fitting.length > 0) return fitting;
  }
  return null;
}

function partsOf(words: string): string[] {
  const plain = words.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.toLowerCase().split(/\s+/).filter(Boolean);
}
