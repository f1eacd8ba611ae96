// A load job of another person's export names the data subject.
MATCH (j:LoadJob) WHERE j.held_about IS NOT NULL SET j.data_subject = j.held_about REMOVE j.held_about;
