// The person with this address, if one of these sources names the address. Only the address itself was proved, so nothing
// here follows what a row states together with it. `is_member`: the address is confirmed for a current member.
// `is_claimed`: a current member's own source names the address as that member's, which proves nothing. `person` is null
// while a request for erasure hides the address.
//
// mode:    read
// params:  network, key, sources
// returns: person, is_member, is_claimed
MATCH (i:Identity {network: $network, key: $key})
WHERE EXISTS { MATCH (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
OPTIONAL MATCH (i)-[:OF]->(p:Person)
RETURN p.id AS person,
  EXISTS {
    MATCH (:Network {id: $network})-[:HAS]->(m:Member)
    WHERE m.role IS NOT NULL AND $key IN m.confirmed_keys
  } AS is_member,
  EXISTS {
    MATCH (i)<-[:NAMES {is_owner: true}]-(:Source)<-[:OWNS]-(m:Member)
    WHERE m.role IS NOT NULL
  } AS is_claimed
