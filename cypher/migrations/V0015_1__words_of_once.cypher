// Says the words of changes that are made once, as V0002 does of the rest.
CREATE (d:IdempotencyRecord {network: '~', key: '~', request_hash: '', claim_id: '', expires_at: 0, response: ''})
DELETE d;
