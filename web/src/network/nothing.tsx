import { Empty } from "../design/parts";
import { text } from "../strings";

/** What to do where no source lists anybody. */
export function NothingToMeasure() {
  return (
    <Empty title={text.network.nothing.title} lead={text.network.nothing.lead}>
      <a class="button primary" href="/sources">
        {text.network.nothing.action}
      </a>
    </Empty>
  );
}
