import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { toProblem } from "../api/client";
import { text } from "../strings";

interface Note {
  sentence: string;
  undo?: (() => Promise<unknown>) | undefined;
}

const note = signal<Note | null>(null);

/** Says what was done. With `undo`, the note has a button and Ctrl+Z that take it back. */
export function say(sentence: string, undo?: () => Promise<unknown>): void {
  note.value = { sentence, undo };
}

export function clearNote(): void {
  note.value = null;
}

async function takeBack(): Promise<void> {
  const { undo } = note.value ?? {};
  if (!undo) return;
  note.value = null;
  try {
    await undo();
    note.value = { sentence: text.notes.undone };
  } catch (error) {
    note.value = { sentence: toProblem(error).message };
  }
}

export function Notes() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isText = (event.target as Element).matches("input, textarea, select");
      if (isText || event.key !== "z" || !(event.ctrlKey || event.metaKey) || !note.value?.undo) return;
      event.preventDefault();
      void takeBack();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  const shown = note.value;
  return (
    <div class="notes" role="status">
      {shown && (
        <div class="note">
          <span>{shown.sentence}</span>
          {shown.undo && (
            <button type="button" class="button quiet" onClick={() => void takeBack()}>
              {text.notes.undo} <kbd>{text.notes.undoKey}</kbd>
            </button>
          )}
          <button type="button" class="button quiet icon" aria-label={text.notes.close} onClick={clearNote}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
