"""Measures the strength model on public correspondence (`make evaluate`). Not shipped.

The repository contains none of the data. docs/strength.md has the tables and explains them. The code is plain Python
without further dependencies, so that it can be checked by reading.
"""
