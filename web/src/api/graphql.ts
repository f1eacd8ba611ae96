import { initGraphQLTada } from "gql.tada";
import type { introspection } from "../../node_modules/.schema/schema.d.ts";

/** Writes a document whose result and variables are typed by api/schema.graphql. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { ID: string; Date: string; DateTime: string; Time: string; JSON: unknown };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from "gql.tada";
