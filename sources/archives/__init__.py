"""Exports as files: read zips and folders safely, and unpack an archive that contains several exports.

`files` opens an export, `safety` refuses harmful and damaged archives, `unpacking` writes an archive's files to disk.
"""
