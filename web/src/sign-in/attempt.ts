import { useState } from "preact/hooks";
import { text } from "../strings";

/** Attempts of a screen to sign in. An attempt returns a sentence if it failed. */
export function useAttempt() {
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (action: () => Promise<string | null>): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    const problem = await action().catch(() => text.problems["OFFLINE"] ?? "");
    setBusy(false);
    setFailure(problem);
    return problem === null;
  };
  return { attempt, failure, isBusy };
}
