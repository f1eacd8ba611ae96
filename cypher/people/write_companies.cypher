// Companies, each with the name that most facts use.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MERGE (c:Company {network: $network, key: row.key})
SET c.name = row.name
RETURN count(c) AS written
