// Changes that are made once under a key.
CREATE CONSTRAINT idempotency_record_key IF NOT EXISTS FOR (d:IdempotencyRecord) REQUIRE (d.network, d.key) IS UNIQUE;
CREATE INDEX idempotency_record_expires_at IF NOT EXISTS FOR (d:IdempotencyRecord) ON (d.network, d.expires_at);
