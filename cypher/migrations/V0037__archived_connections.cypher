// Connections that a member archived: they are in none of the member's answers until they are restored (docs/insights.md).
CREATE CONSTRAINT archived_connection_id IF NOT EXISTS FOR (a:ArchivedConnection) REQUIRE (a.network, a.id) IS UNIQUE;
