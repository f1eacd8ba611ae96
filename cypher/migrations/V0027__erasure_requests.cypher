// Requests for erasure by people who are not members wait for a period (docs/decisions/0028-quarantined-erasure.md).
CREATE CONSTRAINT erasure_request_id IF NOT EXISTS FOR (r:ErasureRequest) REQUIRE (r.network, r.id) IS UNIQUE;
CREATE INDEX erasure_request_key IF NOT EXISTS FOR (r:ErasureRequest) ON (r.network, r.key);
