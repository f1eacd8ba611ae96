// Delete all pairs of people who probably are one human being, before they are written anew.
//
// mode:    write
// params:  network
// returns: deleted
MATCH (p:Person {network: $network})-[old:PROBABLE_DUPLICATE]->()
WHERE p.id IS NOT NULL
DELETE old
RETURN count(*) AS deleted
