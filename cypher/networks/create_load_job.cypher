// Create a load job that expects its upload.
//
// mode:    write
// params:  network, member, id, name, owner_address, data_subject, list_kind, columns, created_at
// returns: id
MATCH (m:Member {network: $network, id: $member})
CREATE (m)-[:REQUESTED]->(j:LoadJob {
  network: $network, id: $id, name: $name, owner_address: $owner_address, data_subject: $data_subject, list_kind: $list_kind,
  columns: $columns, created_at: $created_at, status: 'expected'
})
RETURN j.id AS id
