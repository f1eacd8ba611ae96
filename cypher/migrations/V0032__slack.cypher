// Slack workspaces, each of which belongs to one network, the Slack users that members linked to their accounts, and the
// one-time codes that link them (docs/decisions/0029-slack.md).
CREATE CONSTRAINT slack_workspace IF NOT EXISTS FOR (w:SlackWorkspace) REQUIRE w.team IS UNIQUE;
CREATE INDEX slack_workspace_network IF NOT EXISTS FOR (w:SlackWorkspace) ON (w.network);
CREATE CONSTRAINT slack_user IF NOT EXISTS FOR (u:SlackUser) REQUIRE (u.network, u.team, u.user) IS UNIQUE;
CREATE INDEX slack_user_team IF NOT EXISTS FOR (u:SlackUser) ON (u.network, u.team);
CREATE CONSTRAINT slack_link_code IF NOT EXISTS FOR (c:SlackLinkCode) REQUIRE c.fingerprint IS UNIQUE;
CREATE INDEX slack_link_code_network IF NOT EXISTS FOR (c:SlackLinkCode) ON (c.network, c.team);
