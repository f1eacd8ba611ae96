// Events that wait for delivery (docs/decisions/0023-durable-events.md): found when due, by network and in all networks,
// and by what they are about.
CREATE CONSTRAINT event_id IF NOT EXISTS FOR (e:Event) REQUIRE (e.network, e.id) IS UNIQUE;
CREATE INDEX event_about IF NOT EXISTS FOR (e:Event) ON (e.network, e.about);
CREATE INDEX event_due IF NOT EXISTS FOR (e:Event) ON (e.network, e.next_attempt_at);
CREATE INDEX event_next_attempt_at IF NOT EXISTS FOR (e:Event) ON (e.next_attempt_at);
