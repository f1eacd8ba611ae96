import { useEffect } from "preact/hooks";
import { useRead } from "../api/use-read";
import { listTags } from "../documents/insights";
import { text } from "../strings";

/** Chooses the tag to whose people a report is limited. Nothing is shown without tags. */
export function TagFilter({ tag, onChange }: { tag: string | null; onChange: (tag: string | null) => void }) {
  const { data } = useRead(listTags, {});
  const tags = data?.tags?.nodes ?? [];
  const names = new Set(tags.map(({ name }) => name));
  const isDeleted = !!data?.tags && tag !== null && !names.has(tag);
  useEffect(() => {
    if (isDeleted) onChange(null);
  }, [isDeleted, onChange]);
  if (tags.length === 0) return null;
  return (
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
  );
}
