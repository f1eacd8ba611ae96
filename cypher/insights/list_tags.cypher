// The tags that a member may use, the own ones first: the member's, and those that other members share. `people` are those
// whom a source in view names by a tagged identity, so that a shared tag shows nobody outside the view. Probable
// duplicates of these people belong to the tag too, as far as the audiences $circle may see that they are duplicates.
//
// mode:    read
// params:  network, member, sources, circle
// returns: id, name, folded, is_own, is_shared, people, companies, domains, channels, kinds, least_strength, groups, schools, studied_from, studied_until
MATCH (:Network {id: $network})-[:HAS]->(m:Member)-[:TAGS]->(t:Tag)
WHERE m.id = $member OR t.is_shared AND m.role IS NOT NULL
WITH t, m.id = $member AS is_own
RETURN t.id AS id, t.name AS name, t.folded AS folded, is_own, t.is_shared AS is_shared,
  COLLECT {
    UNWIND t.keys AS key
    MATCH (i:Identity {network: $network, key: key})-[:OF]->(p:Person)
    WHERE EXISTS { MATCH (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
    MATCH (p)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-{0,2}(q:Person)
    WHERE q = p OR EXISTS { MATCH (q)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
    RETURN DISTINCT q.id
  } AS people,
  t.rule_companies AS companies, t.rule_domains AS domains, t.rule_channels AS channels, t.rule_kinds AS kinds,
  t.rule_least_strength AS least_strength, t.rule_groups AS groups,
  t.rule_schools AS schools, t.rule_studied_from AS studied_from, t.rule_studied_until AS studied_until
ORDER BY is_own DESC, folded, id
