// A small client: it sends a typed document, and throws an error with the code that docs/api.md lists.
import { initGraphQLTada, type TadaDocumentNode } from "gql.tada";
import { print } from "graphql";
import type { introspection } from "./schema.d.ts";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; DateTime: string; JSON: unknown };
}>();

type GraphQLError = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; requestId: string };
};

export class TertiusError extends Error {
  readonly code: string;
  readonly requestId: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(error: GraphQLError, retryAfter: string | null) {
    super(error.message);
    this.name = "TertiusError";
    this.code = error.extensions.code;
    this.requestId = error.extensions.requestId;
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

export class TertiusClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Send a query or a mutation. Throws a TertiusError for the first error of the response. */
  async request<Data, Variables>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.#token}`,
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json",
      },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: GraphQLError[] };
    if (errors?.[0]) throw new TertiusError(errors[0], response.headers.get("Retry-After"));
    if (data === undefined) throw new Error(`The response has the status ${response.status} and no data.`);
    return data;
  }
}
