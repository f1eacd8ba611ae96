// Delete a delivered event.
//
// mode:    write
// params:  network, id
// returns: deleted
MATCH (e:Event {network: $network, id: $id})
DELETE e
RETURN true AS deleted
