// Replace the rule of a tag of a member; empty lists and a null remove it. Repeating it changes nothing. The columns after
// is_change are the rule before.
//
// mode:    write
// params:  network, member, id, companies, domains, channels, kinds, least_strength, groups, schools, studied_from, studied_until
// returns: id, is_change, companies, domains, channels, kinds, least_strength, groups, schools, studied_from, studied_until
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:TAGS]->(t:Tag {network: $network, id: $id})
WITH n, t, [t.rule_companies, t.rule_domains, t.rule_channels, t.rule_kinds, t.rule_least_strength, t.rule_groups,
  t.rule_schools, t.rule_studied_from, t.rule_studied_until] AS old
WITH n, t, old, coalesce(old[0], []) <> $companies OR coalesce(old[1], []) <> $domains OR coalesce(old[2], []) <> $channels
  OR coalesce(old[3], []) <> $kinds OR coalesce(old[4], -1.0) <> coalesce($least_strength, -1.0)
  OR coalesce(old[5], []) <> $groups OR coalesce(old[6], []) <> $schools
  OR coalesce(old[7], -1) <> coalesce($studied_from, -1) OR coalesce(old[8], -1) <> coalesce($studied_until, -1) AS is_change
FOREACH (_ IN CASE WHEN is_change THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1
  SET t.rule_companies = $companies, t.rule_domains = $domains, t.rule_channels = $channels, t.rule_kinds = $kinds,
    t.rule_least_strength = $least_strength, t.rule_groups = $groups,
    t.rule_schools = $schools, t.rule_studied_from = $studied_from, t.rule_studied_until = $studied_until
)
RETURN t.id AS id, is_change, old[0] AS companies, old[1] AS domains, old[2] AS channels, old[3] AS kinds,
  old[4] AS least_strength, old[5] AS groups, old[6] AS schools, old[7] AS studied_from, old[8] AS studied_until
