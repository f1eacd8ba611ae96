// Says the words of forgetting and of the audit once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', erasure_key_id: ''})
CREATE (f:ErasedIdentity {network: '~', hash: ''})
CREATE (a:AuditEntry {network: '~', id: '~', created_at: 0, member: '', action: '', people: ['']})
WITH n, f, a
DELETE n, f, a;
