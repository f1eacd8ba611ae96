// Visibility requests are introduction requests now. Those that a colleague answered become requests that ended, so that
// consents stay. Those without an answer lapse.
MATCH (asker:Member)-[:SENT]->(v:VisibilityRequest)<-[:RECEIVED]-(colleague:Member)-[:IS]->(p:Person)
WHERE v.consented IS NOT NULL
WITH asker, v, colleague, p, v.day * 86400000 AS at,
  COLLECT { MATCH (p)<-[:OF]-(i:Identity) RETURN i.key ORDER BY i.key LIMIT 1 } AS first_keys,
  COLLECT {
    MATCH (:Person {network: v.network, id: v.target})<-[:OF]-(i:Identity) RETURN i.key ORDER BY i.key LIMIT 1
  } AS target_keys
CREATE (r:IntroductionRequest {network: v.network, id: v.id, asker: asker.id, introducer_member: colleague.id,
  is_hidden: true, people: [p.id, v.target], keys: [coalesce(head(first_keys), ''), coalesce(head(target_keys), '')],
  names: ['somebody whose name you may not see', 'somebody whose name you may not see'], reason: '', benefit: '', note: '', status: 'expired',
  created_at: at, changed_at: at, sent_at: at,
  actions: CASE WHEN v.consented THEN ['send', 'accept', 'expire'] ELSE ['send', 'expire'] END,
  actors: CASE WHEN v.consented THEN ['asker', 'introducer', ''] ELSE ['asker', ''] END,
  statuses: CASE WHEN v.consented THEN ['sent', 'accepted', 'expired'] ELSE ['sent', 'expired'] END,
  times: CASE WHEN v.consented THEN [at, at, at] ELSE [at, at] END,
  action_keys: CASE WHEN v.consented THEN ['', '', ''] ELSE ['', ''] END,
  declined_at: CASE WHEN NOT v.consented THEN at END, declined_key: CASE WHEN NOT v.consented THEN '' END})
CREATE (asker)-[:ASKED]->(r)<-[:RECEIVED]-(colleague);
MATCH (v:VisibilityRequest) DETACH DELETE v;
MATCH (e:Event) WHERE e.kind IN ['visibility_requested', 'visibility_answered'] DELETE e;
MATCH (n:Network) SET n.version = coalesce(n.version, 0) + 1;
