// Loads asked for over the API.
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (j:Job) REQUIRE (j.network, j.id) IS UNIQUE;
