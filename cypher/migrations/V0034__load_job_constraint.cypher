// The label LoadJob replaces UploadJob: one name for a load through the API. The next migration changes the nodes.
DROP CONSTRAINT upload_job_id IF EXISTS;
CREATE CONSTRAINT load_job_id IF NOT EXISTS FOR (j:LoadJob) REQUIRE (j.network, j.id) IS UNIQUE;
