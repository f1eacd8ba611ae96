import { useEffect } from "preact/hooks";
import { usePages } from "../api/use-pages";
import { More } from "../design/parts";
import { listTags } from "../documents/insights";
import { text } from "../strings";

/** Chooses the tag to whose people a report is limited. Nothing is shown without tags. */
export function TagFilter({ tag, onChange }: { tag: string | null; onChange: (tag: string | null) => void }) {
  const { data, nodes: tags, later } = usePages(listTags, {}, ({ tags }) => tags);
  const names = new Set(tags.map(({ name }) => name));
  // a tag on a later page may exist
  const isDeleted = !!data?.tags && !later.show && tag !== null && !names.has(tag);
  useEffect(() => {
    if (isDeleted) onChange(null);
  }, [isDeleted, onChange]);
  if (tags.length === 0) return null;
  if (tag !== null && !isDeleted) names.add(tag);
  return (
    <div class="row">
      <label class="choice">
        {text.network.tags.filter}
        <select
          class="narrow"
          value={tag ?? ""}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        >
          <option value="">{text.network.tags.everybody}</option>
          {[...names].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <More later={later} label={text.network.tags.more} />
    </div>
  );
}
