// Says the words of members, invitations and tokens once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', leaving_policy: ''})-[:HAS]->(m:Member {network: '~', id: '~', role: '', name: '', email: '', confirmed_key: '', joined_at: 0, departed: true})
CREATE (m)-[:HOLDS]->(t:Token {network: '~', fingerprint: '~', name: '', scopes: [''], created_at: 0, expires_at: 0, last_used_at: 0})
CREATE (n)-[:INVITES]->(i:Invitation {network: '~', fingerprint: '~', role: '', invited_by: '', confirmed_key: '', created_at: 0, locked_at: 0, expires_at: 0, redeemed_by: ''})
WITH n, m, t, i
DETACH DELETE n, m, t, i;
