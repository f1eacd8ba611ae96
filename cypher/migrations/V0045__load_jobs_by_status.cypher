// Received load jobs of all networks, which each process reads often to take over those of a process that ended.
CREATE INDEX load_job_status IF NOT EXISTS FOR (j:LoadJob) ON (j.status);
