// Which of these identities there are.
//
// mode:    read
// params:  network, keys
// returns: key
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
RETURN i.key AS key
