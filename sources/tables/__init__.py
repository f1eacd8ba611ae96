"""CSV files: address books, candidates, CRM exports, interactions, and lists of targets.

`csv_table` reads any CSV, `linkedin_headers` and `sheets` recognise its kind by its header. `sheet_people` turns
rows into people. `address_books`, `candidates`, `crm` and `interactions` are the readers; `target_list` reads a list
of people whom a user wants to meet.
"""
