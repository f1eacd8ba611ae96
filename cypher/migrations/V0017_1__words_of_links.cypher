// Says the words once, as V0002 does of the rest.
CREATE (l:ProofLink {network: '~', fingerprint: '~', encrypted_key: '', expires_at: 0, locked_at: 0})
CREATE (x:ExcludedIntroducer {network: '~', id: '~', is_objection: true})
DELETE l, x;
