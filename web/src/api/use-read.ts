import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Problem, read, toProblem } from "./client";

export interface Reading<Data> {
  data: Data | null;
  problem: Problem | null;
  isLoading: boolean;
  /** Reads again from the service. The data stays until the answer is there. */
  reload: () => Promise<void>;
}

/** Reads a document, and again when its variables change. Null variables read nothing. */
export function useRead<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
): Reading<Data> {
  const key = variables === null ? null : JSON.stringify(variables);
  const [state, setState] = useState<{ key: string | null; data: Data | null; problem: Problem | null }>({
    key: null,
    data: null,
    problem: null,
  });
  const newest = useRef(0);

  const load = useCallback(
    async (isFresh: boolean) => {
      if (key === null) return;
      newest.current += 1;
      const mine = newest.current;
      const show = (data: Data | null, problem: Problem | null) => {
        if (mine === newest.current) setState({ key, data, problem });
      };
      try {
        show(await read(document, JSON.parse(key) as Variables, isFresh), null);
      } catch (error) {
        show(null, toProblem(error));
      }
    },
    [document, key],
  );

  useEffect(() => {
    void load(false);
    return () => {
      newest.current += 1;
    };
  }, [load]);

  const isCurrent = state.key === key;
  return {
    data: isCurrent ? state.data : null,
    problem: isCurrent ? state.problem : null,
    isLoading: key !== null && !isCurrent,
    reload: useCallback(() => load(true), [load]),
  };
}
