// Introduction requests, found by the time of sending, because caps and stamps count those of a month, and by their last change
// (docs/requests.md).
CREATE INDEX introduction_request_sent IF NOT EXISTS FOR (r:IntroductionRequest) ON (r.network, r.sent_at);
CREATE INDEX introduction_request_changed IF NOT EXISTS FOR (r:IntroductionRequest) ON (r.network, r.changed_at);
