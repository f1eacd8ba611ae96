import { afterEach, expect, test, vi } from "vitest";
import { peek, read } from "../src/api/client";
import { fetchWithSession, loadSession } from "../src/app/session";
import { suggestPeople } from "../src/documents/asking";

afterEach(() => vi.unstubAllGlobals());

/** A service whose session belongs to these members, one after the other. It accepts only the token of the last one. */
function serve(...members: string[]): string[] {
  const sent: string[] = [];
  let signedIn = 0;
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    const member = members[signedIn];
    if (input === "/session") {
      signedIn += 1;
      return Response.json({
        signedIn: true,
        csrfToken: `of ${member} ${signedIn}`,
        viewer: { memberId: member },
      });
    }
    const token = new Headers(init?.headers).get("X-CSRF-Token") ?? "";
    sent.push(token);
    return new Response(null, { status: sent.length === 1 ? 401 : 200 });
  });
  return sent;
}

test("a request is sent again after a new sign-in of the same member", async () => {
  const sent = serve("ana", "ana");
  await loadSession();

  expect((await fetchWithSession("/graphql", { method: "POST" })).status).toBe(200);
  expect(sent).toHaveLength(2);
});

test("a request is not sent as another member, and the page loads again", async () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { reload });
  const sent = serve("ana", "bea", "bea");
  await loadSession();

  expect((await fetchWithSession("/graphql", { method: "POST" })).status).toBe(401);
  expect(sent).toHaveLength(1);
  expect(reload).toHaveBeenCalledOnce();
});

test("the answers that one member read are not shown to the next", async () => {
  const search = { search: "no" };
  serve("ana", "ana", "bea");
  await loadSession();
  vi.stubGlobal("fetch", async () => Response.json({ data: { people: { edges: [] } } }));
  await read(suggestPeople, search);
  serve("ana", "bea");
  await loadSession();
  const ofAna = peek(suggestPeople, search);
  await loadSession();

  expect(ofAna).not.toBeNull();
  expect(peek(suggestPeople, search)).toBeNull();
});
