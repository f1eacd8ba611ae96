import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import icon from "../design/icon.svg";
import { Avatar } from "../design/parts";
import { text } from "../strings";
import { frame } from "./frame";
import { Notes } from "./notes";
import { address } from "./router";
import { session, signOut } from "./session";
import { setTheme, type Theme, theme } from "./theme";

const PLACES = [
  ["/", text.screens.ask],
  ["/requests", text.screens.requests],
  ["/network", text.screens.network],
  ["/map", text.screens.map],
  ["/sources", text.screens.sources],
  ["/team", text.screens.team],
] as const;

/** What surrounds each screen: the name, the navigation, the account and the notes. */
export function Shell({ children }: { children: ComponentChildren }) {
  const navigation = useRef<HTMLElement>(null);
  const current = address.value.path;
  const isSignedIn = session.value?.signedIn;
  useEffect(() => {
    // on a narrow screen the navigation scrolls sideways
    navigation.current
      ?.querySelector("[aria-current]")
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current, isSignedIn]);
  const unread = frame.value?.unreadNotificationCount ?? 0;
  const place = `/${current.split("/")[1] ?? ""}`;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("content")?.focus()}>
        {text.skip}
      </button>
      <header class="top">
        <a class="brand" href="/">
          <img src={icon} alt="" /> {text.name}
        </a>
        {isSignedIn && (
          <>
            <nav ref={navigation} aria-label={text.name}>
              {PLACES.map(([path, title]) => (
                <a key={path} href={path} aria-current={path === place ? "page" : undefined}>
                  {title}
                  {path === "/requests" && unread > 0 && (
                    <span class="count">
                      {unread}
                      <span class="visually-hidden"> {text.requests.unread(unread)}</span>
                    </span>
                  )}
                </a>
              ))}
            </nav>
            <Account />
          </>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Notes />
    </>
  );
}

function Account() {
  const menu = useRef<HTMLDetailsElement>(null);
  const viewer = session.value?.viewer;
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && menu.current?.contains(event.target);
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !isInside)
        menu.current?.removeAttribute("open");
    };
    addEventListener("click", close);
    addEventListener("keydown", close);
    return () => {
      removeEventListener("click", close);
      removeEventListener("keydown", close);
    };
  }, []);
  const name = viewer?.name ?? text.account.member;
  return (
    <details class="account" ref={menu}>
      <summary>
        <span class="visually-hidden">{text.account.menu}</span>
        <Avatar name={name} />
      </summary>
      <div class="menu">
        <p>{text.account.signedInAs(name, viewer?.network ?? "")}</p>
        <ThemeSwitch />
        <a href="/settings">{text.screens.settings}</a>
        <a href="/about-me">{text.account.aboutMe}</a>
        <button type="button" class="button" onClick={() => void signOut(false)}>
          {text.account.signOut}
        </button>
        <button type="button" class="button" onClick={() => void signOut(true)}>
          {text.account.signOutEverywhere}
        </button>
      </div>
    </details>
  );
}

function ThemeSwitch() {
  return (
    <fieldset class="field">
      <legend>{text.account.theme}</legend>
      <div class="segments">
        {(["system", "light", "dark"] satisfies Theme[]).map((each) => (
          <label key={each}>
            <input type="radio" name="theme" checked={theme.value === each} onChange={() => setTheme(each)} />
            {text.account.themes[each]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
