import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useState } from "preact/hooks";
import { useAction } from "../app/use-action";
import { type Problem, read } from "./client";
import { type Reading, useRead } from "./use-read";

interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface Later {
  /** Reads the next page. Null after the last one. */
  show: (() => Promise<unknown>) | null;
  isBusy: boolean;
  problem: Problem | null;
}

/** Reads a connection: its first page at once, and each later page when the viewer wants more. */
export function usePages<Data, Variables extends AnyVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pageOf: (data: Data) => Page<Node> | null,
): Reading<Data> & { nodes: Node[]; later: Later } {
  const reading = useRead(document, variables);
  const { data } = reading;
  // the later pages belong to the first page that they follow
  const [after, setAfter] = useState<{ first: Data | null; pages: Page<Node>[] }>({ first: null, pages: [] });
  const action = useAction();
  const first = data && pageOf(data);
  const pages = [...(first ? [first] : []), ...(after.first === data ? after.pages : [])];
  const { hasNextPage, endCursor } = pages.at(-1)?.pageInfo ?? { hasNextPage: false, endCursor: null };
  const show = () =>
    action.run(async () => {
      const page = pageOf(await read(document, { ...variables, after: endCursor }));
      if (page) setAfter({ first: data, pages: [...pages.slice(1), page] });
    });
  return {
    ...reading,
    nodes: pages.flatMap(({ nodes }) => nodes),
    later: { show: hasNextPage ? show : null, isBusy: action.isBusy, problem: action.problem },
  };
}
