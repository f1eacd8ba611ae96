/** A random key of 32 characters. Unlike `crypto.randomUUID`, it also works where the page has no TLS. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
