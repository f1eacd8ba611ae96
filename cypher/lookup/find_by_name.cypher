// Find people by name, for each name the best match first, with what distinguishes them.
//
// The full-text index holds every name of a person, names of sources out of view included. It only proposes; a hit
// counts by the names that sources in view give. `quality` is 6 if the words are all parts of a name, in any order, 4
// if all words are among them, 2 if the last word only starts one; it is one less if that holds only for a form of the
// words in `forms`: another script, a short form or another spelling. `lucene` has the network in quotes, because an
// unquoted term returns people of other networks. No limit applies before the filter.
//
// Matches whose quality is more than `spread` below the best one of a person are left out, except those with a probable
// duplicate, which may be a better match. Names in a list of targets often match thousands of people by their last word
// only: what is read of each match is read for the rest alone. For the same reason, where `company` is not empty, matches
// without a job there and without a domain of the company (`labels`) are left out, except those with a probable duplicate.
//
// `kinds` leaves out sources of the people $withheld: their kind would tell which colleague knows somebody.
//
// mode:    read
// params:  network, viewer_id, asked, audiences, sources, cleared, withheld, circle, as_of, limit
// returns: place, id, quality, kinds, domains, now, once, last, strength, shared, same
UNWIND $asked AS asked
CALL (asked) {
  CALL (asked) {
    CALL db.index.fulltext.queryNodes('person_names', asked.lucene) YIELD node AS p
    WHERE p.network = $network
    MATCH (p)<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources
    WITH p, asked.company = '' OR (coalesce(n.company_key, '') + ' ') STARTS WITH (asked.company + ' ')
        OR replace(split(coalesce(i.domain, ''), '.')[0], '-', '') IN asked.labels AS is_there, split(coalesce(n.folded, ''), ' ') AS parts, split(coalesce(n.latin, n.folded, ''), ' ') AS spelt
    WITH p, max(is_there) AS is_there,
         max(CASE
           WHEN all(word IN asked.words WHERE word IN parts) AND all(part IN parts WHERE part IN asked.words) THEN 6
           WHEN all(alike IN asked.forms WHERE any(form IN alike WHERE form IN spelt))
             AND all(part IN spelt WHERE any(alike IN asked.forms WHERE part IN alike)) THEN 5
           WHEN all(word IN asked.words WHERE word IN parts) THEN 4
           WHEN all(alike IN asked.forms WHERE any(form IN alike WHERE form IN spelt)) THEN 3
           WHEN all(word IN asked.words[..-1] WHERE word IN parts) AND any(part IN parts WHERE part STARTS WITH asked.words[-1]) THEN 2
           WHEN all(alike IN asked.forms[..-1] WHERE any(form IN alike WHERE form IN spelt))
             AND any(part IN spelt WHERE part STARTS WITH asked.forms[-1][0]) THEN 1
           ELSE 0
         END) AS quality
    WHERE quality > 0 AND (is_there OR EXISTS { (p)-[alike:PROBABLE_DUPLICATE]-() WHERE alike.audience IN $circle })
    WITH collect([p, quality]) AS hits, max(CASE WHEN p.is_shared_mailbox IS NULL THEN quality END) AS best
    UNWIND hits AS hit
    WITH hit[0] AS p, hit[1] AS quality, coalesce(best, 0) - asked.spread AS least
    WHERE quality >= least OR EXISTS { (p)-[alike:PROBABLE_DUPLICATE]-() WHERE alike.audience IN $circle }
    RETURN p, max(quality) AS quality // an aggregation, so that no later row carries the list of all hits
  }
  CALL (p) {
    MATCH (p)<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources
    RETURN collect(DISTINCT CASE WHEN NOT EXISTS {
        MATCH (s)<-[:OWNS]-(:Member)-[:IS]->(owner:Person) WHERE owner.id IN $withheld
      } THEN s.kind END) AS kinds, collect(DISTINCT i.domain) AS domains,
           collect(DISTINCT CASE WHEN n.until IS NULL AND n.gone IS NULL THEN n.company_key END) AS now,
           collect(DISTINCT n.company_key) AS once
  }
  CALL (p) {
    MATCH (:Person {network: $network, id: $viewer_id})<-[:OF]-(mine:Identity)
    MATCH (p)<-[:OF]-(theirs:Identity)
    CALL (mine, theirs) {
      MATCH (mine)-[e:INTERACTED]-(theirs)
      WHERE coalesce(e.source, '') IN $cleared AND e.ends IS NULL
      RETURN e
    }
    UNWIND e.days AS day
    WITH day WHERE day <= $as_of
    RETURN max(day) AS last
  }
  CALL (p) {
    MATCH (p)-[k:KNOWS]->(:Person {network: $network, id: $viewer_id})
    WHERE k.audience IN $audiences
    RETURN max(k.strength) AS strength
  }
  RETURN p, quality, kinds, domains, now, once, last, strength
  ORDER BY quality DESC, coalesce(last, -1) DESC, coalesce(strength, 0) DESC, p.name, p.id
  LIMIT $limit
}
RETURN asked.place AS place, p.id AS id, quality, kinds, domains, now, once, last, strength, coalesce(p.is_shared_mailbox, false) AS shared,
       COLLECT {
         MATCH (p)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-{1,2}(q:Person)
         WHERE q <> p AND EXISTS { (q)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
         RETURN DISTINCT q.id AS id ORDER BY id
       } AS same
