// Whom no route is to lead through, and who asked which colleague to be named.
CREATE CONSTRAINT not_a_route_id IF NOT EXISTS FOR (x:NotARoute) REQUIRE (x.network, x.id) IS UNIQUE;
CREATE CONSTRAINT reveal_id IF NOT EXISTS FOR (r:Reveal) REQUIRE (r.network, r.id) IS UNIQUE;
