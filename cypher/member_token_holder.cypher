// Whose token has this fingerprint: the door of the house, where the network is still to be learnt from the token.
//
// mode:    read
// params:  token
// returns: network, member
MATCH (:Token {fingerprint: $token})<-[:HOLDS]-(m:Member)
RETURN m.network AS network, m.id AS member
