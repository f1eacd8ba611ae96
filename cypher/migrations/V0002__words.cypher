// Says every word of the model once, so that a new store knows them and no query is warned about a missing one.
CREATE (n:Network {id: '~', name: '~', as_of: 0, day_is_pinned: false, locked_at: 0, stale: true, lease_holder: '', lease_expires_at: 0})
CREATE (m:Member {network: '~', id: '~', role: ''})
CREATE (s:Source {network: '~', id: '~', kind: '', account: '', sharing_level: '', status: '', coverage_until: 0, loaded_on: 0, parent: '', parts: ['']})
CREATE (i:Identity {network: '~', key: '~', domain: ''})
CREATE (p:Person {network: '~', id: '~', name: '', names: [''], latin: [''], digest: '', shared: true, got: 0.0, answered: 0.0})
CREATE (c:Company {network: '~', key: '~', name: ''})
CREATE (n)-[:HAS]->(m)-[:OWNS]->(s)
CREATE (m)-[:IS]->(p)
CREATE (m)-[:HOLDS]->(t:Token {network: '~', fingerprint: '~'})
CREATE (i)-[:OF {reason: ''}]->(p)
CREATE (s)-[:NAMES {key: '~', network: '~', name: '', folded: '', latin: '', title: '', company: '', company_key: '', since: 0, until: 0, part: '', seen: 0, gone: 0, is_owner: true, keys: [''], principal: '', merge_key: ''}]->(i)
CREATE (s)-[:LISTS {key: '~', since: 0, part: '', seen: 0, gone: 0, merge_key: ''}]->(i)
CREATE (i)-[:INTERACTED {key: '~', source: '~', channel: '', days: [0], weights: [0.0], asks: [0], answered: [0], ask_seconds: [0], last_seconds: [0], merge_key: ''}]->(i)
CREATE (p)-[:KNOWS {audience: '', strength: 0.0, mutual_strength: 0.0, last_day: 0, is_mutual: true}]->(p)
CREATE (p)-[:WORKS_AT {title: '', since: 0, until: 0}]->(c)
CREATE (p)-[:PROBABLY {reason: ''}]->(p)
WITH n, m, s, i, p, c, t
DETACH DELETE n, m, s, i, p, c, t;
