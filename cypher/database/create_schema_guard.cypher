// There is one turn to make the schema, and nobody can make a second.
//
// mode:    write
// params:
// returns:
CREATE CONSTRAINT turn_name IF NOT EXISTS FOR (t:Turn) REQUIRE t.name IS UNIQUE
