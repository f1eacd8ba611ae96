// The people there are, with a digest of what each was made from.
//
// mode:    read
// params:  network
// returns: id, digest
MATCH (p:Person {network: $network})
WHERE p.id IS NOT NULL
RETURN p.id AS id, p.digest AS digest
