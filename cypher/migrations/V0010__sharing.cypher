// What members hide from all others.
CREATE CONSTRAINT concealed_id IF NOT EXISTS FOR (c:Concealed) REQUIRE (c.network, c.id) IS UNIQUE;
