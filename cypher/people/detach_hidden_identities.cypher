// Take hidden identities from the people to whom they belong.
//
// mode:    write
// params:  network, keys
// returns: detached
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})-[of:OF]->(:Person)
DELETE of
RETURN count(*) AS detached
