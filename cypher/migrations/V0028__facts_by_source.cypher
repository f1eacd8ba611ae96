// Each fact names its source and the domain of its identity, so that a search reads only what sources in view state.
MATCH (s:Source)-[n:NAMES]->(i:Identity) SET n.source = s.id, n.domain = i.domain;
