"""The service process: serves the API, logs, and sends metrics and spans."""
