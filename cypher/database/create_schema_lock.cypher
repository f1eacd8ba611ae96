// The constraint by which there is one schema lock and no second one.
//
// mode:    write
// params:
// returns:
CREATE CONSTRAINT schema_lock_name IF NOT EXISTS FOR (l:SchemaLock) REQUIRE l.name IS UNIQUE
