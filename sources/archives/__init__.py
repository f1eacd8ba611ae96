"""Exports as files: read zips and folders safely, and unpack an archive that contains several exports.

`files` opens an export, `json_stream` reads a JSON list in pieces, `safety` refuses harmful and damaged archives, and
`unpacking` writes an archive's files to disk.
"""
