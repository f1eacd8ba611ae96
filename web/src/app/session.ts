import { signal } from "@preact/signals";

/** The answer of `GET /session`. */
export interface Session {
  signedIn: boolean;
  csrfToken: string | null;
  viewer: { memberId: string; name: string | null; network: string; role: Role } | null;
  scopes: string[];
  expiresAt: string | null;
  signInMethods: ("LINK" | "TOKEN" | "INVITATION" | "PROVIDER")[];
  signInRefusal: string | null;
}

export type Role = "OWNER" | "ADMIN" | "MEMBER" | "ASKER";

export type Secret =
  | { token: string }
  | { code: string }
  | { invitation: string; name: string; email?: string; key: string };

/** The session. Null until the service answered. */
export const session = signal<Session | null>(null);

/** Whether the session ended while the page was open. */
export const hasExpired = signal(false);

export async function loadSession(): Promise<Session> {
  const response = await fetch("/session", { credentials: "same-origin" });
  if (!response.ok) throw new Error(response.statusText);
  const answer = (await response.json()) as Session;
  session.value = answer;
  return answer;
}

/** Signs in. Returns null, or a sentence that says why it failed. */
export async function signIn(secret: Secret): Promise<string | null> {
  const { body, failure } = await post<Session>("/session", secret);
  if (failure !== null) return failure;
  hasExpired.value = false;
  session.value = body;
  return null;
}

/** Whom a sign-in link signs in, or a sentence that says why it does not. It does not use the link. */
export async function viewerOfLink(code: string): Promise<Session["viewer"] | string> {
  const { body, failure } = await post<Pick<Session, "viewer">>("/session/code", { code });
  return failure ?? body.viewer;
}

/** Leaves the page for the sign-in at the provider. Returns a sentence that says why it failed. */
export async function signInAtProvider(wanted: {
  network?: string;
  invitation?: string;
}): Promise<string | null> {
  const { body, failure } = await post<{ location: string }>("/auth/login", wanted);
  if (failure === null) location.assign(body.location);
  return failure;
}

type Posted<Body> = { body: Body; failure: null } | { body: null; failure: string };

async function post<Body>(path: string, sent: object): Promise<Posted<Body>> {
  const response = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(sent),
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { body: body as Body, failure: null };
  const { errors } = (body ?? {}) as { errors?: { message: string }[] };
  return { body: null, failure: errors?.[0]?.message ?? response.statusText };
}

export async function signOut(isEverywhere: boolean): Promise<void> {
  await fetchWithSession(isEverywhere ? "/sessions" : "/session", { method: "DELETE" });
  await loadSession();
}

/** Sends a request of this page, and once more if another tab signed in again as the same member. */
export const fetchWithSession: typeof fetch = async (input, init) => {
  const response = await fetch(input, withHeader(init));
  if (response.status !== 401) return response;
  const before = session.peek();
  const now = await loadSession();
  if (now.signedIn) {
    if (now.csrfToken === before?.csrfToken) return response;
    if (now.viewer?.memberId === before?.viewer?.memberId) return fetch(input, withHeader(init));
    location.reload(); // what this page shows and sends is another member's
    return response;
  }
  if (before?.signedIn) hasExpired.value = true;
  return response;
};

function withHeader(init: RequestInit | undefined): RequestInit {
  const headers = new Headers(init?.headers);
  const token = session.peek()?.csrfToken;
  if (token) headers.set("X-CSRF-Token", token);
  return { ...init, headers, credentials: "same-origin" };
}
