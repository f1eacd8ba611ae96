import { graphql, type ResultOf } from "../api/graphql";

export const readPreferences = graphql(`
  query ReadPreferences {
    introducerPreferences {
      monthlyCap
      monthlyCapPerAsker
      notBefore
      quietHours { startsAt endsAt timeZone }
      noGoIdentities
      noGoCompanies
    }
    isEmailDigestEnabled
  }
`);

export const listHidden = graphql(`
  query ListHidden($after: String) {
    hiddenContacts(first: 20, after: $after) { nodes { id name hiddenOn } pageInfo { hasNextPage endCursor } }
  }
`);

export const listExcluded = graphql(`
  query ListExcluded($after: String) {
    excludedIntroducers(first: 20, after: $after) {
      nodes { id name excludedOn isNetworkWide }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const listStatements = graphql(`
  query ListStatements($after: String) {
    statements(first: 20, after: $after) {
      nodes { id kind statedOn validUntil fromPerson { id name } toPerson { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const setPreferences = graphql(`
  mutation SetPreferences($input: SetIntroducerPreferencesInput!) {
    setIntroducerPreferences(input: $input) { preferences { monthlyCap } }
  }
`);

export const setDigest = graphql(`
  mutation SetDigest($input: SetEmailDigestInput!) { setEmailDigest(input: $input) { isEnabled } }
`);

export const hideContact = graphql(`
  mutation HideContact($input: HideContactInput!) { hideContact(input: $input) { hiddenContact { id } } }
`);

export const unhideContact = graphql(`
  mutation UnhideContact($input: UnhideContactInput!) {
    unhideContact(input: $input) { unhiddenContactId personId name company }
  }
`);

export const excludeIntroducer = graphql(`
  mutation ExcludeIntroducer($input: ExcludeIntroducerInput!) {
    excludeIntroducer(input: $input) { excludedIntroducer { id } }
  }
`);

export const unexcludeIntroducer = graphql(`
  mutation UnexcludeIntroducer($input: UnexcludeIntroducerInput!) {
    unexcludeIntroducer(input: $input) { removedExclusionId personId }
  }
`);

export const listTokens = graphql(`
  query ListTokens($after: String) {
    tokens(first: 20, after: $after) {
      nodes { id name isSession scopes createdAt expiresAt lastUsedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const revokeToken = graphql(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { revokedTokenId } }
`);

export const createToken = graphql(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }
`);

export const renameViewer = graphql(`
  mutation RenameViewer($input: RenameViewerInput!) { renameViewer(input: $input) { member { id name } } }
`);

export const leaveNetwork = graphql(`
  mutation LeaveNetwork($input: LeaveNetworkInput!) { leaveNetwork(input: $input) { removedMemberId } }
`);

export type Preferences = ResultOf<typeof readPreferences>;
export type Token = NonNullable<ResultOf<typeof listTokens>["tokens"]>["nodes"][number];
