import { useState } from "preact/hooks";
import { ScreenTitle } from "../design/parts";
import { Tabs } from "../design/tabs";
import { text } from "../strings";
import { BalanceTab } from "./balance";
import { GoalTab } from "./goal";
import { HealthTab } from "./health";
import { InvitationsTab } from "./invitations";
import { NurtureTab } from "./nurture";
import { PruneTab } from "./prune";
import { TagFilter } from "./tag-filter";
import { TagsTab } from "./tags";
import "./network.css";

export default function NetworkScreen() {
  const [tag, setTag] = useState<string | null>(null);
  const [changes, setChanges] = useState(0);
  const names = text.network.tabs;
  return (
    <>
      <ScreenTitle lead={text.network.lead}>{text.network.title}</ScreenTitle>
      <TagFilter key={changes} tag={tag} onChange={setTag} />
      <Tabs
        path="/network"
        label={text.network.title}
        tabs={[
          { key: "health", title: names.health, body: () => <HealthTab tag={tag} /> },
          { key: "nurture", title: names.nurture, body: () => <NurtureTab tag={tag} /> },
          { key: "goal", title: names.goal, body: () => <GoalTab tag={tag} /> },
          { key: "prune", title: names.prune, body: () => <PruneTab tag={tag} /> },
          { key: "invitations", title: names.invitations, body: () => <InvitationsTab tag={tag} /> },
          {
            key: "tags",
            title: names.tags,
            body: () => <TagsTab onChange={() => setChanges((count) => count + 1)} />,
          },
          { key: "balance", title: names.balance, body: () => <BalanceTab tag={tag} /> },
        ]}
      />
    </>
  );
}
