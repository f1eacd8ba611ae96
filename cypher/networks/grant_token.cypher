// Make a token authenticate a member, in addition to earlier tokens. Granting it again changes nothing: a revoked or
// expired token stays invalid.
//
// One MERGE pattern for both nodes: a token of another member violates the constraint instead of being shared.
// $lifetime_ms is null for a token that does not expire. $kind is null for a token of a program.
//
// mode:    write
// params:  network, member, fingerprint, kind, name, scopes, lifetime_ms
// returns: is_valid
MATCH (m:Member {network: $network, id: $member})
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $fingerprint})
ON CREATE SET t.kind = $kind, t.name = $name, t.scopes = $scopes, t.created_at = timestamp(),
  t.expires_at = timestamp() + $lifetime_ms
RETURN coalesce(t.expires_at > timestamp(), true) AS is_valid
