// Delete a source's own node: the last step after its rows were deleted or moved.
//
// mode:    write
// params:  network, source
// returns: deleted
MATCH (s:Source {network: $network, id: $source})
DETACH DELETE s
RETURN true AS deleted
