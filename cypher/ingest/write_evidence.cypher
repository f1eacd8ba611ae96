// Write evidence of a load, grouped by the identity that acted, so that each is looked up once. CREATE is four times faster
// than MERGE (docs/decisions/0002-evidence.md): the caller has compared the rows, and the key's constraint prevents
// duplicates. A pair is a list of columns in this order, because names of columns would take a tenth of the time.
//
// mode:    write
// params:  network, source, rows
// returns: written
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.by})
UNWIND row.pairs AS pair
MATCH (j:Identity {network: $network, key: pair[0]})
CREATE (i)-[e:INTERACTED {source: $source, key: pair[1], merge_key: pair[2], channel: pair[3], days: pair[4],
  weights: pair[5], ask_seconds: pair[6], last_seconds: pair[7], asks: pair[8], answered: pair[9], ends: pair[10],
  events: pair[11]}]->(j)
RETURN count(e) AS written
