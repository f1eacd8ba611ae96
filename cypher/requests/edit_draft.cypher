// Set the texts of a draft. Returns no row if the member has no draft with this id.
//
// mode:    write
// params:  network, member, id, reason, benefit, note
// returns: id
MATCH (:Member {network: $network, id: $member})-[:ASKED]->(r:IntroductionRequest {network: $network, id: $id})
SET r.locked_at = timestamp()
WITH r
WHERE r.status = 'draft'
SET r.reason = $reason, r.benefit = $benefit, r.note = $note, r.changed_at = timestamp()
RETURN r.id AS id
