import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { address, goTo } from "../app/router";

export interface Tab {
  key: string;
  title: string;
  count?: number | undefined;
  body: () => ComponentChildren;
}

/** Tabs with the keys of the ARIA pattern: arrows, Home and End. The path names the chosen tab, whose body alone is shown. */
export function Tabs({ tabs, label, path }: { tabs: Tab[]; label: string; path: string }) {
  const id = useId();
  const chosen = address.value.path.split("/")[2];
  const setChosen = (key: string | undefined) =>
    goTo(key === tabs[0]?.key ? path : `${path}/${key}`, { replace: true });
  const index = Math.max(
    0,
    tabs.findIndex((tab) => tab.key === chosen),
  );
  const tab = tabs[index];
  useEffect(() => {
    // on a narrow screen the tabs scroll sideways
    document.getElementById(`${id}-${tab?.key}`)?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [id, tab?.key]);
  const press = (event: KeyboardEvent) => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    setChosen(next?.key);
    document.getElementById(`${id}-${next?.key}`)?.focus();
  };
  return (
    <div class="stack">
      <div class="tabs" role="tablist" aria-label={label}>
        {tabs.map(({ key, title, count }) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            role="tab"
            aria-selected={key === tab?.key}
            aria-controls={`${id}-panel`}
            tabIndex={key === tab?.key ? 0 : -1}
            onClick={() => setChosen(key)}
            onKeyDown={press}
          >
            {title}
            {count ? <span class="count">{count}</span> : null}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab?.key}`} class="stack">
        {tab?.body()}
      </div>
    </div>
  );
}
