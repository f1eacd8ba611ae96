import { session } from "../app/session";
import { ScreenTitle } from "../design/parts";
import { type Tab, Tabs } from "../design/tabs";
import { text } from "../strings";
import { AuditTab } from "./audit";
import { CompanyTab } from "./company";
import { MembersTab } from "./members";
import { NetworkSettingsTab } from "./network-settings";
import { TargetsTab } from "./targets";

export default function TeamScreen() {
  const isOwner = session.value?.viewer?.role === "OWNER";
  const names = text.team.tabs;
  const forOwners: Tab[] = [
    { key: "audit", title: names.audit, body: () => <AuditTab /> },
    { key: "settings", title: names.settings, body: () => <NetworkSettingsTab /> },
  ];
  return (
    <>
      <ScreenTitle lead={text.team.lead}>{text.team.title}</ScreenTitle>
      <Tabs
        path="/team"
        label={text.team.title}
        tabs={[
          { key: "members", title: names.members, body: () => <MembersTab /> },
          { key: "targets", title: names.targets, body: () => <TargetsTab /> },
          { key: "company", title: names.company, body: () => <CompanyTab /> },
          ...(isOwner ? forOwners : []),
        ]}
      />
    </>
  );
}
