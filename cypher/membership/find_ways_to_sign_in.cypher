// Where somebody may come in whom a provider names by issuer and subject: as the member they are by these; else as one
// that nobody is yet and whose address a member has vouched for; else by an invitation that vouches for it, into a network
// that they name: nobody is put into one that they did not ask for. The door of the house, as member_token_holder: the
// network is still to be learnt, but for its $name, null for any. $key is the address that the provider has verified, as
// an identity, null for none. Those first who were there first.
//
// mode:    read
// params:  issuer, subject, key, name
// returns: network, member, invitation
CALL () {
  MATCH (m:Member {issuer: $issuer, subject: $subject})
  WHERE m.network IS NOT NULL AND m.role IS NOT NULL
  RETURN 0 AS way, m.network AS network, m.id AS member, null AS invitation, coalesce(m.joined, 0) AS since
  UNION ALL
  MATCH (m:Member {signs_in: $key})
  WHERE m.role IS NOT NULL AND m.subject IS NULL
  RETURN 1 AS way, m.network AS network, m.id AS member, null AS invitation, coalesce(m.joined, 0) AS since
  UNION ALL
  MATCH (i:Invitation {key: $key})
  WHERE $name IS NOT NULL AND i.taken IS NULL AND i.expires > timestamp()
  RETURN 2 AS way, i.network AS network, null AS member, i.fingerprint AS invitation, i.at AS since
}
WITH *
MATCH (n:Network {id: network})
WHERE $name IS NULL OR n.name = $name
RETURN network, member, invitation
ORDER BY way, since, network, member
