import { ask } from "./en/ask";
import { map } from "./en/map";
import { network } from "./en/network";
import { page } from "./en/page";
import { requests } from "./en/requests";
import { settings } from "./en/settings";
import { join, signIn } from "./en/sign-in";
import { sources } from "./en/sources";
import { team } from "./en/team";

export const en = { ...page, ask, map, network, requests, signIn, join, settings, sources, team };
