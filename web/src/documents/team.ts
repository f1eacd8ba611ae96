import { graphql, type ResultOf } from "../api/graphql";
import { person } from "./fragments";

export const listMembers = graphql(`
  query ListMembers($after: String) {
    members(first: 50, after: $after) {
      nodes { id name email role joinedAt isViewer }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const listInvitations = graphql(`
  query ListInvitations($after: String) {
    invitations(first: 50, after: $after) { nodes { id role email expiresAt } pageInfo { hasNextPage endCursor } }
  }
`);

export const createInvitation = graphql(`
  mutation CreateInvitation($input: CreateInvitationInput!) {
    createInvitation(input: $input) { link invitation { id } }
  }
`);

export const withdrawInvitation = graphql(`
  mutation WithdrawInvitation($input: WithdrawInvitationInput!) {
    withdrawInvitation(input: $input) { withdrawnInvitationId }
  }
`);

export const changeRole = graphql(`
  mutation ChangeRole($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { member { id role } } }
`);

export const removeMember = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) { removeMember(input: $input) { removedMemberId } }
`);

export const readCompany = graphql(
  `
  query ReadCompany($name: String, $domain: String, $start: Start!) {
    company(name: $name, domain: $domain) {
      name
      currentContacts { person { ...Person } title until step { strengthLabel evidence } }
      formerContacts { person { ...Person } title until step { strengthLabel evidence } }
      currentContactCount
      formerContactCount
      introductions(first: 5, start: $start) {
        person { ...Person }
        isCurrent
        step { strengthLabel }
        route { summary introducers { ...Person } }
      }
      similarCompanies
      peopleCount
    }
  }
`,
  [person],
);

export const listAudit = graphql(`
  query ListAudit($after: String) {
    auditEntries(first: 25, after: $after) {
      nodes { occurredAt memberName action peopleCount people { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const readTeamSettings = graphql(`
  query ReadTeamSettings {
    network { name leavingPolicy introducerVisibility }
    privacySettings { controller contact legalBasis retentionMonths }
  }
`);

export const setPrivacy = graphql(`
  mutation SetPrivacy($input: SetPrivacySettingsInput!) {
    setPrivacySettings(input: $input) { privacySettings { controller } }
  }
`);

export const setVisibility = graphql(`
  mutation SetVisibility($input: SetIntroducerVisibilityInput!) {
    setIntroducerVisibility(input: $input) { network { introducerVisibility } }
  }
`);

export const setLeaving = graphql(`
  mutation SetLeaving($input: SetLeavingPolicyInput!) {
    setLeavingPolicy(input: $input) { network { leavingPolicy } }
  }
`);

export type Member = NonNullable<ResultOf<typeof listMembers>["members"]>["nodes"][number];
export type Invitation = NonNullable<ResultOf<typeof listInvitations>["invitations"]>["nodes"][number];
export type Company = NonNullable<ResultOf<typeof readCompany>["company"]>;
export type AuditEntry = NonNullable<ResultOf<typeof listAudit>["auditEntries"]>["nodes"][number];
