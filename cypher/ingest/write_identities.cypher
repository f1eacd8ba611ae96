// Identities that a load speaks of, made where they are new.
//
// mode:    write
// params:  network, rows
// returns: made
UNWIND $rows AS row
MERGE (i:Identity {network: $network, key: row.key})
ON CREATE SET i.domain = row.domain
RETURN count(i) AS made
