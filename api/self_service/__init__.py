"""The pages for people who never joined: their data, objection and erasure."""
