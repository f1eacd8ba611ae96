// What members hide from all others.
CREATE CONSTRAINT hidden_contact_id IF NOT EXISTS FOR (c:HiddenContact) REQUIRE (c.network, c.id) IS UNIQUE;
