// Evidence of a load, grouped by who did it: one look-up for them, then the others. CREATE, not MERGE, which is four
// times slower (docs/decisions/0002-evidence.md): the caller has compared, and the key's constraint stands guard. What
// is known of a pair comes as a list in this order, since names of columns are a tenth of the time.
//
// mode:    write
// params:  network, source, rows
// returns: written
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.by})
UNWIND row.pairs AS pair
MATCH (j:Identity {network: $network, key: pair[0]})
CREATE (i)-[e:INTERACTED {source: $source, key: pair[1], merge_key: pair[2], channel: pair[3], days: pair[4],
  weights: pair[5], asked: pair[6], until: pair[7], asks: pair[8], answered: pair[9], ends: pair[10]}]->(j)
RETURN count(e) AS written
