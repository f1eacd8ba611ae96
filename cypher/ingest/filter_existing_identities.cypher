// Those of these identities that the network stores.
//
// mode:    read
// params:  network, keys
// returns: key
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
RETURN i.key AS key
