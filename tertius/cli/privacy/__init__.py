"""Commands for data subjects, notices, retention and the audit log."""
