"""Rights of data subjects: export, objection, erasure, notices, audit."""
