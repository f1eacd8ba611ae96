// A person's identities, in a steady order, with the name to show.
//
// mode:    read
// params:  network, id
// returns: key, name
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(i:Identity)
RETURN i.key AS key, p.name AS name
ORDER BY key
