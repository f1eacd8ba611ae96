// Whom no route is to lead through, and who asked which colleague to be named.
CREATE CONSTRAINT excluded_introducer_id IF NOT EXISTS FOR (x:ExcludedIntroducer) REQUIRE (x.network, x.id) IS UNIQUE;
CREATE CONSTRAINT visibility_request_id IF NOT EXISTS FOR (r:VisibilityRequest) REQUIRE (r.network, r.id) IS UNIQUE;
