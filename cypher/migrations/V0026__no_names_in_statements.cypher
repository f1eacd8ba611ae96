// A statement stores no name, and an exclusion or a hidden person no label: the names are read from the sources in view.
// Networks with statements are derived anew at the next start.
MATCH (s:Source {kind: 'statements'})-[n:NAMES]->() WHERE n.name IS NOT NULL REMOVE n.name, n.folded, n.latin;
MATCH (n:Network) WHERE EXISTS { (n)-[:HAS]->(:Member)-[:OWNS]->(:Source {kind: 'statements'}) } SET n.stale = true;
MATCH (x:ExcludedIntroducer) REMOVE x.label;
MATCH (h:HiddenContact) WHERE size(h.keys) > 0 SET h.label = '';
