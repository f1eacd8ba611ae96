import { render } from "preact";
import { App } from "./app/app";
import { followLinks } from "./app/router";
import { PATHS, screenAt } from "./app/screens";
import { applyTheme } from "./app/theme";
import "./design/tokens.css";
import "./design/base.css";
import "./design/controls.css";
import "./design/people.css";
import "./app/shell.css";

applyTheme();
followLinks(PATHS);
// the code of the screen and the session load at the same time
void screenAt(location.pathname)?.load();
const root = document.getElementById("page");
if (root) {
  root.textContent = "";
  render(<App />, root);
}
