// Let a change be asked for again under its key.
//
// mode:    write
// params:  network, key, holder
// returns: released
MATCH (d:Done {network: $network, key: $key})
WHERE d.holder = $holder
DELETE d
RETURN true AS released
