// Loads asked for over the API.
CREATE CONSTRAINT upload_job_id IF NOT EXISTS FOR (j:UploadJob) REQUIRE (j.network, j.id) IS UNIQUE;
