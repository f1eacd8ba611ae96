// Wait for the schema lock and hold it until the transaction ends.
//
// mode:    write
// params:
// returns: name
MERGE (l:SchemaLock {name: 'schema'})
SET l.locked_at = timestamp()
RETURN l.name AS name
