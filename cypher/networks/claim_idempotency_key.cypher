// Take a change under a key as one's own to make, or learn that it is being made, or was. What is too old goes first.
//
// mode:    write
// params:  network, key, asked, holder, lasts
// returns: mine, same, result
MATCH (n:Network {id: $network})
CALL (n) {
  MATCH (old:Done {network: $network})
  WHERE old.until < timestamp()
  DELETE old
}
MERGE (d:Done {network: $network, key: $key})
ON CREATE SET d.asked = $asked, d.holder = $holder, d.until = timestamp() + $lasts
RETURN d.holder = $holder AS mine, d.asked = $asked AS same, d.result AS result
