import {
  type AnyVariables,
  Client,
  type CombinedError,
  cacheExchange,
  fetchExchange,
  type TypedDocumentNode,
} from "@urql/core";
import { fetchWithSession, session } from "../app/session";
import { randomKey } from "./random-key";

/** Why a request failed: the code of the API, or OFFLINE if no answer came. */
export interface Problem {
  code: string;
  message: string;
  requestId?: string | undefined;
}

export class RequestFailed extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const create = () =>
  new Client({
    url: "/graphql",
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetch: fetchWithSession,
  });

let client = create();

/** Forgets every answer, because something changed that they may depend on. */
export function forgetAnswers(): void {
  client = create();
}

let member: string | undefined;
session.subscribe((now) => {
  const next = now?.viewer?.memberId;
  if (next !== member) forgetAnswers(); // they are another member's
  member = next;
});

export async function read<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  isFresh = false,
): Promise<Data> {
  const requestPolicy = isFresh ? "network-only" : "cache-first";
  const result = await client.query(document, variables, { requestPolicy }).toPromise();
  if (result.error && !hasValue(result.data)) throw new RequestFailed(problemOf(result.error));
  return result.data as Data;
}

/** The answer that the page has already. */
export function peek<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Data | null {
  return client.readQuery(document, variables)?.data ?? null;
}

/** Sends a mutation once, even if the same request arrives twice. */
export async function change<Data, Variables extends { input: object }>(
  document: TypedDocumentNode<Data, Variables>,
  input: NoInfer<Variables["input"]>,
): Promise<Data> {
  const variables = { input: { ...input, idempotencyKey: randomKey() } } as unknown as Variables;
  const result = await client.mutation(document, variables as AnyVariables & Variables).toPromise();
  if (result.error) throw new RequestFailed(problemOf(result.error));
  forgetAnswers();
  return result.data as Data;
}

/** Returns the problem of anything thrown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof RequestFailed) return error.problem;
  return { code: "INTERNAL_SERVER_ERROR", message: String(error) };
}

/** Returns the problem that a failed HTTP response outside of GraphQL describes. */
export async function problemOfResponse(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const error = (body as { errors?: GraphQLProblem[] } | null)?.errors?.[0];
  return error ? problemOfError(error) : { code: "INTERNAL_SERVER_ERROR", message: response.statusText };
}

interface GraphQLProblem {
  message: string;
  extensions?: Record<string, unknown>;
}

function hasValue(data: unknown): boolean {
  return !!data && Object.values(data).some((value) => value !== null);
}

function problemOf(error: CombinedError): Problem {
  const status = (error.response as Response | undefined)?.status;
  const problem = error.graphQLErrors[0] && problemOfError(error.graphQLErrors[0]);
  if (problem) return problem;
  if (status === 401) return { code: "UNAUTHENTICATED", message: "" };
  return { code: status ? "SERVICE_UNAVAILABLE" : "OFFLINE", message: error.networkError?.message ?? "" };
}

function problemOfError(error: GraphQLProblem): Problem {
  const { code, requestId } = error.extensions ?? {};
  return {
    code: typeof code === "string" ? code : "INTERNAL_SERVER_ERROR",
    message: error.message,
    requestId: typeof requestId === "string" ? requestId : undefined,
  };
}
