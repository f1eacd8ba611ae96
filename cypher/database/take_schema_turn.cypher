// Wait until nobody else makes the schema; the turn is held as long as the transaction is open.
//
// mode:    write
// params:
// returns: turn
MERGE (t:Turn {name: 'schema'})
SET t.taken = timestamp()
RETURN t.name AS turn
