// Tags: groups of people that a member names (docs/insights.md).
CREATE CONSTRAINT tag_id IF NOT EXISTS FOR (t:Tag) REQUIRE (t.network, t.id) IS UNIQUE;
