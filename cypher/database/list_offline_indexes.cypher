// The indexes that do not answer, or not yet: without them every question reads everything.
//
// mode:    read
// params:
// returns: name
SHOW INDEXES YIELD name, state
WHERE state <> 'ONLINE'
RETURN name
ORDER BY name
