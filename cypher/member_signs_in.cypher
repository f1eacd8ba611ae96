// By which address a member is told at the provider, as an identity; whoever they were there before, they are no longer.
//
// mode:    write
// params:  network, member, key
// returns: key
MATCH (m:Member {network: $network, id: $member})
WHERE m.role IS NOT NULL
SET m.signs_in = $key
REMOVE m.issuer, m.subject
RETURN m.signs_in AS key
