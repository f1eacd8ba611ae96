// The identities that rows of these sources state together with an identity. An outsider may have written such a row, so
// nothing about them is proved.
//
// mode:    read
// params:  network, key, sources
// returns: key
MATCH (i:Identity {network: $network, key: $key})<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
UNWIND n.keys AS other
WITH DISTINCT other WHERE other <> $key
RETURN other AS key
ORDER BY key
