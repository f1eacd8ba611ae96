"""The audit log, data subjects and notices."""
