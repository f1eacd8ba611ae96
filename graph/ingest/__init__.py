"""Turns records of one export into stored evidence."""
