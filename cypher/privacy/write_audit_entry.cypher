// Note that a member asked about somebody. It hangs on nothing: on a node that all share, those who ask at once would wait
// for each other.
//
// mode:    write
// params:  network, id, member, act, about
// returns: id
CREATE (a:Audit {network: $network, id: toString(timestamp()) + $id})
SET a.at = timestamp(), a.member = $member, a.act = $act, a.about = $about
RETURN a.id AS id
