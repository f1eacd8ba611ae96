// The hashes of whom a network forgot, and which key they were made with.
//
// mode:    read
// params:  network
// returns: which, marks
MATCH (n:Network {id: $network})
RETURN n.forgets AS which, COLLECT { MATCH (f:Forgotten {network: $network}) WHERE f.mark IS NOT NULL RETURN f.mark } AS marks
