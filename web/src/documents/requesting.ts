import { type FragmentOf, graphql, type ResultOf } from "../api/graphql";
import { person, route } from "./fragments";

export const request = graphql(
  `
  fragment Request on IntroductionRequest {
    id
    role
    status
    askerName
    introducer { ...Person }
    isIntroducerMember
    isIntroducerHidden
    contact { ...Person }
    target { ...Person }
    reasonForIntroducer
    benefitForTarget
    forwardableNote
    outcome
    redirectedTo
    createdAt
    updatedAt
    expiresAt
    availableActions
    transitions { action status role occurredAt }
    suggestedOutcome { outcome evidence }
    nextMessage { recipientAddress subject text mailtoUrl }
  }
`,
  [person],
);

export const listRequests = graphql(
  `
  query ListRequests($role: IntroductionRequestRole!, $after: String) {
    introductionRequests(role: $role, first: 20, after: $after) {
      nodes { ...Request }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [request],
);

export const listBalances = graphql(`
  query ListBalances {
    requestBalances {
      name askedCount introducedCount closedCount thankedCount
      receivedCount givenCount closedForViewerCount thankedViewerCount
    }
  }
`);

export const listNotifications = graphql(
  `
  query ListNotifications($after: String) {
    notifications(first: 20, after: $after) {
      nodes { id text occurredAt isRead isReminder request { id role } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
);

export const markNotificationsRead = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unreadCount }
  }
`);

export const readNextRoute = graphql(
  `
  query ReadNextRoute($id: ID!) {
    introductionRequest(id: $id) { id nextRoute { ...Route } }
  }
`,
  [route],
);

export const createRequest = graphql(
  `
  mutation CreateRequest($input: CreateIntroductionRequestInput!) {
    createIntroductionRequest(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const createNextRequest = graphql(
  `
  mutation CreateNextRequest($input: CreateNextIntroductionRequestInput!) {
    createNextIntroductionRequest(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const updateRequest = graphql(
  `
  mutation UpdateRequest($input: UpdateIntroductionRequestInput!) {
    updateIntroductionRequest(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const sendRequest = graphql(
  `
  mutation SendRequest($input: SendIntroductionRequestInput!) {
    sendIntroductionRequest(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const withdrawRequest = graphql(
  `
  mutation WithdrawRequest($input: WithdrawIntroductionRequestInput!) {
    withdrawIntroductionRequest(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const respondToRequest = graphql(
  `
  mutation RespondToRequest($input: RespondToIntroductionRequestInput!) {
    respondToIntroductionRequest(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const recordTargetResponse = graphql(
  `
  mutation RecordTargetResponse($input: RecordTargetResponseInput!) {
    recordTargetResponse(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const recordIntroduction = graphql(
  `
  mutation RecordIntroduction($input: RecordIntroductionInput!) {
    recordIntroduction(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const recordOutcome = graphql(
  `
  mutation RecordOutcome($input: RecordIntroductionOutcomeInput!) {
    recordIntroductionOutcome(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export const thankIntroducer = graphql(
  `
  mutation ThankIntroducer($input: ThankIntroducerInput!) {
    thankIntroducer(input: $input) { request { ...Request } }
  }
`,
  [request],
);

export type Request = FragmentOf<typeof request>;
export type RequestAction = Request["availableActions"][number];
export type Balance = NonNullable<ResultOf<typeof listBalances>["requestBalances"]>[number];
export type Notice = NonNullable<ResultOf<typeof listNotifications>["notifications"]>["nodes"][number];
