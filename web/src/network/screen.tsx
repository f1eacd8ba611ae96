import { ScreenTitle } from "../design/parts";
import { Tabs } from "../design/tabs";
import { text } from "../strings";
import { BalanceTab } from "./balance";
import { GoalTab } from "./goal";
import { HealthTab } from "./health";
import { InvitationsTab } from "./invitations";
import { NurtureTab } from "./nurture";
import { PruneTab } from "./prune";
import { TagsTab } from "./tags";
import "./network.css";

export default function NetworkScreen() {
  const names = text.network.tabs;
  return (
    <>
      <ScreenTitle lead={text.network.lead}>{text.network.title}</ScreenTitle>
      <Tabs
        path="/network"
        label={text.network.title}
        tabs={[
          { key: "health", title: names.health, body: () => <HealthTab /> },
          { key: "nurture", title: names.nurture, body: () => <NurtureTab /> },
          { key: "goal", title: names.goal, body: () => <GoalTab /> },
          { key: "prune", title: names.prune, body: () => <PruneTab /> },
          { key: "invitations", title: names.invitations, body: () => <InvitationsTab /> },
          { key: "tags", title: names.tags, body: () => <TagsTab /> },
          { key: "balance", title: names.balance, body: () => <BalanceTab /> },
        ]}
      />
    </>
  );
}
