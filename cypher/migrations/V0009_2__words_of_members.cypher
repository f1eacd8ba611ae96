// Says the words of members, invitations and tokens once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', on_leave: ''})-[:HAS]->(m:Member {network: '~', id: '~', role: '', name: '', email: '', key: '', joined: 0, leaving: true})
CREATE (m)-[:HOLDS]->(t:Token {network: '~', fingerprint: '~', name: '', scopes: [''], at: 0, expires: 0, used: 0})
CREATE (n)-[:INVITES]->(i:Invitation {network: '~', fingerprint: '~', role: '', by: '', key: '', at: 0, asked: 0, expires: 0, taken: ''})
WITH n, m, t, i
DETACH DELETE n, m, t, i;
