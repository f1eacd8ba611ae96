import { useEffect, useState } from "preact/hooks";
import { Empty, ProblemNote, ScreenTitle, Waiting } from "../design/parts";
import { text } from "../strings";
import { frame, loadFrame } from "./frame";
import { address, Loaded } from "./router";
import { JOIN, SIGN_IN, screenAt } from "./screens";
import { loadSession, session } from "./session";
import { Shell } from "./shell";

export function App() {
  const [isOffline, setOffline] = useState(false);
  const member = session.value?.viewer?.memberId;
  const start = () => {
    setOffline(false);
    loadSession().catch(() => setOffline(true));
  };
  useEffect(start, []);
  useEffect(() => {
    frame.value = null;
    if (member) void loadFrame();
  }, [member]);
  return (
    <Shell>
      {isOffline ? <ProblemNote problem={{ code: "OFFLINE", message: "" }} retry={start} /> : <Current />}
    </Shell>
  );
}

function Current() {
  const { path } = address.value;
  const now = session.value;
  if (!now) return <Waiting />;
  if (path === JOIN.path) return <Loaded screen={JOIN} fallback={<Waiting />} />;
  // a one-time link signs in again even where a session exists
  if (!now.signedIn || path === SIGN_IN.path) return <Loaded screen={SIGN_IN} fallback={<Waiting />} />;
  const screen = screenAt(path);
  if (screen) return <Loaded key={screen.path} screen={screen} fallback={<Waiting />} />;
  return (
    <>
      <ScreenTitle>{text.screens.notFound}</ScreenTitle>
      <Empty title={text.failed.notFound}>
        <a class="button" href="/">
          {text.failed.toAsk}
        </a>
      </Empty>
    </>
  );
}
