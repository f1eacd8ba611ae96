// Give the load jobs of earlier versions their label, and their events their kind.
MATCH (j:UploadJob) SET j:LoadJob REMOVE j:UploadJob;
MATCH (e:Event {kind: 'upload_ended'}) SET e.kind = 'load_job_ended';
