// What a network is called, and what becomes of the shared sources of those who leave it.
//
// mode:    read
// params:  network
// returns: name, on_leave
MATCH (n:Network {id: $network})
RETURN n.name AS name, coalesce(n.on_leave, 'away') AS on_leave
