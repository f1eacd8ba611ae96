// Which of these identities a source in view shows to be the address of a mailing list, a room or equipment.
//
// mode:    read
// params:  network, keys, sources
// returns: key
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
WHERE EXISTS { (i)<-[n:NAMES]-(s:Source) WHERE s.id IN $sources AND n.is_list }
RETURN key
