// Rewrite rows so that they state an identity together with fewer others. Deletes a row whose rewritten form exists
// already.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.identity})<-[n:NAMES]-(:Source)
WHERE n.key = row.old_key
FOREACH (_ IN CASE WHEN row.key IS NULL THEN [1] ELSE [] END | DELETE n)
FOREACH (_ IN CASE WHEN row.key IS NOT NULL THEN [1] ELSE [] END | SET n.key = row.key, n.keys = row.keys)
RETURN count(*) AS written
