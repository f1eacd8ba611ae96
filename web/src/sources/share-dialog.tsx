import { useState } from "preact/hooks";
import { change } from "../api/client";
import type { ResultOf } from "../api/graphql";
import { say } from "../app/notes";
import { useAction } from "../app/use-action";
import { Dialog, ProblemNote } from "../design/parts";
import type { Source } from "../documents/fragments";
import { shareSource } from "../documents/loading";
import { formatNumber, text } from "../strings";

type Level = Source["sharingLevel"];
type Effect = ResultOf<typeof shareSource>["shareSource"];

export const LEVELS: Level[] = ["PRIVATE", "STRENGTH", "EVIDENCE"];

interface Props {
  source: Pick<Source, "id" | "title" | "sharingLevel">;
  /** The level that was chosen before the load. */
  wanted?: Level;
  hasController: boolean;
  onClose: () => void;
  onChange: () => Promise<void>;
}

/** Shows what sharing a source would change, and changes it only after that. */
export function ShareDialog({ source, wanted, hasController, onClose, onChange }: Props) {
  const [level, setLevel] = useState<Level>(wanted ?? source.sharingLevel);
  const [includesOthers, setIncludesOthers] = useState(false);
  const [effect, setEffect] = useState<Effect | null>(null);
  const action = useAction();
  const words = text.sources.share;
  const choose = (chosen: Level) => {
    setLevel(chosen);
    setEffect(null);
  };
  const share = (sharingLevel: Level, isConfirmed: boolean) =>
    change(shareSource, { sourceId: source.id, sharingLevel, includesOthers, isConfirmed });
  const preview = () => action.run(async () => setEffect((await share(level, false)).shareSource));
  const confirm = () =>
    action.run(async () => {
      const { previousSharingLevel } = (await share(level, true)).shareSource;
      say(words.done(text.sources.levels[level]), async () => {
        await share(previousSharingLevel, true);
        await onChange();
      });
      await onChange();
      onClose();
    });
  return (
    <Dialog title={words.title(source.title)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void (effect ? confirm() : preview());
        }}
      >
        <fieldset class="field">
          <legend>{words.field}</legend>
          {LEVELS.map((each) => (
            <label key={each} class="choice">
              <input type="radio" name="level" checked={level === each} onChange={() => choose(each)} />
              {text.sources.levels[each]}
            </label>
          ))}
        </fieldset>
        {level !== "PRIVATE" && (
          <label class="choice">
            <input
              type="checkbox"
              checked={includesOthers}
              onChange={(event) => {
                setIncludesOthers(event.currentTarget.checked);
                setEffect(null);
              }}
            />
            {words.others}
          </label>
        )}
        {!hasController && level !== "PRIVATE" && (
          <p class="notice" data-kind="warn">
            {words.noController} <a href="/team/settings">{words.settings}</a>
          </p>
        )}
        {effect && (
          <div class="notice">
            <ul role="status">
              <li>{words.reachable(formatNumber(effect.newlyReachableCount))}</li>
              {effect.personalMailCount > 0 && (
                <li>{words.personal(formatNumber(effect.personalMailCount))}</li>
              )}
              {effect.hiddenCount > 0 && <li>{words.hidden(formatNumber(effect.hiddenCount))}</li>}
            </ul>
          </div>
        )}
        <ProblemNote problem={action.problem} />
        <div class="row">
          <button
            type="submit"
            class="button primary"
            disabled={action.isBusy || (!hasController && level !== "PRIVATE")}
          >
            {!effect ? words.preview : level === "PRIVATE" ? words.confirmPrivate : words.confirm}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {text.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
