// Who asked about whom, newest first, from before an entry on; with $about, what was asked about that person alone.
//
// mode:    read
// params:  network, before, about, limit
// returns: id, at, member, act, about
MATCH (a:Audit {network: $network})
WHERE a.id < $before AND ($about IS NULL OR $about IN a.about)
RETURN a.id AS id, a.at AS at, a.member AS member, a.act AS act, a.about AS about
ORDER BY id DESC
LIMIT $limit
