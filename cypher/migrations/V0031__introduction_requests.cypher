// Introduction requests, found by id and when they expire (docs/requests.md).
CREATE CONSTRAINT introduction_request_id IF NOT EXISTS FOR (r:IntroductionRequest) REQUIRE (r.network, r.id) IS UNIQUE;
CREATE INDEX introduction_request_expiry IF NOT EXISTS FOR (r:IntroductionRequest) ON (r.network, r.expires_at);
