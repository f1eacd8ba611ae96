// Write how many requests each person got and answered, decayed. A row is [id of the person, requests, answers].
//
// mode:    write
// params:  network, rows
// returns: rated
UNWIND $rows AS row
MATCH (v:Person {network: $network, id: row[0]})
SET v.got = row[1], v.answered = row[2]
RETURN count(v) AS rated
