// What members say of who is who. Kept by the keys of identities, so that it outlives them and counts when they return.
CREATE CONSTRAINT identity_decision_id IF NOT EXISTS FOR (d:IdentityDecision) REQUIRE (d.network, d.id) IS UNIQUE;
