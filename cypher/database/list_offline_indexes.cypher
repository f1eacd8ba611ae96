// The indexes that are not online. Without them queries read the whole store.
//
// mode:    read
// params:
// returns: name
SHOW INDEXES YIELD name, state
WHERE state <> 'ONLINE'
RETURN name
ORDER BY name
