// The memberships and invitations through which a provider account, identified by issuer and subject, can sign in.
//
// First the member bound to the account; then an unbound member whose address another member has confirmed; then an
// invitation that confirms the address, but only into a network that the user named. As in networks/find_token_holder
// the network is not known before, except by its $name (null for any). $confirmed_key is the address that the provider
// verified, as an identity, null for none. Longest-standing first.
//
// mode:    read
// params:  issuer, subject, confirmed_key, name
// returns: network, member, invitation
CALL () {
  MATCH (m:Member {issuer: $issuer, subject: $subject})
  WHERE m.network IS NOT NULL AND m.role IS NOT NULL
  RETURN 0 AS rank, m.network AS network, m.id AS member, null AS invitation, coalesce(m.joined_at, 0) AS since
  UNION ALL
  MATCH (m:Member {sign_in_key: $confirmed_key})
  WHERE m.role IS NOT NULL AND m.subject IS NULL
  RETURN 1 AS rank, m.network AS network, m.id AS member, null AS invitation, coalesce(m.joined_at, 0) AS since
  UNION ALL
  MATCH (i:Invitation {confirmed_key: $confirmed_key})
  WHERE $name IS NOT NULL AND i.redeemed_by IS NULL AND i.expires_at > timestamp()
  RETURN 2 AS rank, i.network AS network, null AS member, i.fingerprint AS invitation, i.created_at AS since
}
WITH *
MATCH (n:Network {id: network})
WHERE $name IS NULL OR n.name = $name
RETURN network, member, invitation
ORDER BY rank, since, network, member
