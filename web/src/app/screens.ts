import { text } from "../strings";
import type { Screen } from "./router";

/** The screens, each with its code on demand. To add one, add a line here and a folder with a default export. */
export const SCREENS: Screen[] = [
  { path: "/", title: text.screens.ask, load: () => import("../ask/screen") },
  { path: "/requests", title: text.screens.requests, load: () => import("../requests/screen") },
  { path: "/sources", title: text.screens.sources, load: () => import("../sources/screen") },
  { path: "/network", title: text.screens.network, load: () => import("../network/screen") },
  { path: "/team", title: text.screens.team, load: () => import("../team/screen") },
  { path: "/map", title: text.screens.map, load: () => import("../map/screen") },
  { path: "/settings", title: text.screens.settings, load: () => import("../settings/screen") },
];

export const SIGN_IN: Screen = {
  path: "/sign-in",
  title: text.screens.signIn,
  load: () => import("../sign-in/screen"),
};
export const JOIN: Screen = {
  path: "/join",
  title: text.screens.join,
  load: () => import("../sign-in/join"),
};

/** The screen of an address that only somebody who is signed in sees. */
export const screenAt = (path: string): Screen | undefined =>
  SCREENS.find((each) => each.path === `/${path.split("/")[1] ?? ""}`);

export const PATHS = [...SCREENS, SIGN_IN, JOIN].map((screen) => screen.path);
