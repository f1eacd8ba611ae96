import { useEffect, useRef, useState } from "preact/hooks";
import { text } from "../strings";

const MOST_BYTES = 512 * 2 ** 20;

/** A place to drop files or folders, with buttons that do the same by keyboard. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => folder.current?.setAttribute("webkitdirectory", ""), []);
  const take = (input: HTMLInputElement) => {
    onFiles([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <section
      class="drop"
      aria-labelledby="drop-title"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void filesOf(event.dataTransfer).then(onFiles);
      }}
    >
      <h2 id="drop-title">{text.sources.drop.title}</h2>
      <p class="soft small">{text.sources.drop.kinds}</p>
      <div class="row">
        <button type="button" class="button primary" onClick={() => files.current?.click()}>
          {text.sources.drop.files}
        </button>
        <button type="button" class="button" onClick={() => folder.current?.click()}>
          {text.sources.drop.folder}
        </button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={text.sources.drop.files}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={text.sources.drop.folder}
        onChange={(event) => take(event.currentTarget)}
      />
    </section>
  );
}

export const isTooLarge = (file: File): boolean => file.size > MOST_BYTES;

/** The files that were dropped, with those of dropped folders. */
async function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  // a reader returns its entries in parts, and an empty part at the end
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) break;
    found.push(...part);
  }
  return (await Promise.all(found.map(filesOfEntry))).flat();
}
