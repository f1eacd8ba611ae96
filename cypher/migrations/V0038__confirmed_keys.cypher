// The identities that were confirmed for a member are one list, whatever confirmed them. The first one is the oldest.
MATCH (m:Member)
WHERE m.confirmed_key IS NOT NULL OR m.proved_keys IS NOT NULL
WITH m, coalesce(m.confirmed_keys, []) AS present
SET m.confirmed_keys = present + [
  key IN [m.confirmed_key] + coalesce(m.proved_keys, []) WHERE key IS NOT NULL AND NOT key IN present
]
REMOVE m.confirmed_key, m.proved_keys;
