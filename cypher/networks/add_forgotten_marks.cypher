// Keep the hashes of whom a network forgets.
//
// mode:    write
// params:  network, which, marks
// returns: written
MATCH (n:Network {id: $network})
SET n.forgets = $which
WITH n
UNWIND $marks AS mark
MERGE (f:Forgotten {network: $network, mark: mark})
RETURN count(f) AS written
