import { signal } from "@preact/signals";
import { read } from "../api/client";
import { type Frame, readFrame } from "../documents/asking";

/** The viewer, the network, the sources and the number of unread notifications. Null until they are read. */
export const frame = signal<Frame | null>(null);

/** Reads the frame again. A failure keeps the last one: the screen that needs data reports it. */
export async function loadFrame(): Promise<void> {
  try {
    frame.value = await read(readFrame, {}, true);
  } catch {
    // each screen shows its own problem
  }
}
