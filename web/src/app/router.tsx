import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** The path and the fragment of the address. The fragment is never sent to the service. */
export const address = signal(current());

export interface Screen {
  path: string;
  title: string;
  load: () => Promise<{ default: ComponentType }>;
}

export function goTo(href: string, { replace = false } = {}): void {
  history[replace ? "replaceState" : "pushState"](null, "", href);
  address.value = current();
}

/** Makes links of this page change the screen without a new request. */
export function followLinks(paths: string[]): void {
  addEventListener("popstate", () => {
    address.value = current();
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = (event.target as Element).closest("a");
    if (!link || link.target || link.download || link.origin !== location.origin) return;
    if (
      !paths.some((path) => link.pathname === path || (path !== "/" && link.pathname.startsWith(`${path}/`)))
    )
      return;
    event.preventDefault();
    goTo(link.pathname + link.hash);
  });
}

/** Shows a screen whose code is loaded when it is needed. */
export function Loaded({ screen, fallback }: { screen: Screen; fallback: preact.JSX.Element }) {
  const [Shown, setShown] = useState<{ path: string; Body: ComponentType } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void screen.load().then((module) => {
      if (isCurrent) setShown({ path: screen.path, Body: module.default });
    });
    document.title = `${screen.title} · Tertius`;
    return () => {
      isCurrent = false;
    };
  }, [screen]);
  return Shown?.path === screen.path ? <Shown.Body /> : fallback;
}

function current(): { path: string; fragment: string } {
  return { path: location.pathname, fragment: location.hash.slice(1) };
}
