// Create the identities of a load that are new.
//
// mode:    write
// params:  network, rows
// returns: identities
UNWIND $rows AS row
MERGE (i:Identity {network: $network, key: row.key})
ON CREATE SET i.domain = row.domain
RETURN count(i) AS identities
