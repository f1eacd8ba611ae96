// The identities whose holders proved them and objected to routes. Each stays a person of its own.
//
// mode:    read
// params:  network
// returns: key
MATCH (:Network {id: $network})-[:EXCLUDES]->(x:ExcludedIntroducer)
WHERE x.is_objection
UNWIND x.keys AS key
RETURN DISTINCT key
ORDER BY key
