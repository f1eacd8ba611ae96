// Says the words of team routes once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', introducer_visibility: ''})-[:EXCLUDES]->(x:ExcludedIntroducer {network: '~', id: '~', label: '', keys: [''], excluded_by: '', is_self: true, day: 0})
CREATE (m:Member {network: '~', id: '~'})-[:SENT]->(r:VisibilityRequest {network: '~', id: '~', asker: '', colleague: '', target: '', day: 0, consented: true})
CREATE (m)-[:RECEIVED]->(r)
WITH n, x, m, r
DETACH DELETE n, x, m, r;
