import { graphql, type ResultOf } from "../api/graphql";
import { person, route, source, step } from "./fragments";

const head = graphql(
  `
  fragment Head on TargetAnswer {
    target { ...Person }
    possibleDuplicates { ...Person }
    asOf
    sources { title coverageUntil isStale isOwn }
    lowScoreRoutesNote
    asleepIntroducers { person { ...Person } note }
    unreachableIntroducers { person { ...Person } note }
  }
`,
  [person],
);

const connector = graphql(
  `
  fragment Connector on PossibleConnector {
    person { ...Person }
    company
    title
    until
    step { strengthLabel evidence }
  }
`,
  [person],
);

const candidate = graphql(
  `
  fragment Candidate on Candidate { person { ...Person } lastContact sources }
`,
  [person],
);

export const findIntroductions = graphql(
  `
  query FindIntroductions($to: PersonRef!, $start: Start!, $maxIntroducers: Int!) {
    introductions(to: $to, start: $start, limit: 5, maxIntroducers: $maxIntroducers) {
      __typename
      ... on Introductions { ...Head routes { ...Route } isComplete withheldStrengthLabel }
      ... on AlreadyKnown { ...Head step { ...Step } routes { ...Route } isComplete withheldStrengthLabel }
      ... on Refusal {
        ...Head
        reason
        message
        suggestion
        nearestMiss {
          people { ...Person }
          fromPerson { ...Person }
          toPerson { ...Person }
          outbound { counts { channel count } lastContact }
          inbound { counts { channel count } lastContact }
        }
        possibleConnectors { ...Connector }
      }
      ... on AmbiguousTarget { candidates { ...Candidate } }
      ... on UnknownTarget {
        message
        possibleConnectors { ...Connector }
        onlyCandidate { ...Candidate }
        similarPeople { ...Person }
      }
    }
    viewer { person { id } }
  }
`,
  [head, route, step, person, connector, candidate],
);

export const suggestPeople = graphql(`
  query SuggestPeople($search: String!) {
    people(search: $search, first: 6) {
      edges { lastContact relation node { id name title company } }
    }
  }
`);

export const readTie = graphql(`
  query ReadTie($from: ID!, $to: ID!) {
    tie(from: { id: $from }, to: { id: $to }) {
      __typename
      ... on Tie {
        knows
        strengthLabel
        evidence
        history(months: 12) {
          explanation
          trend
          possibleChanges { event count strengthLabel }
          weakening { startsOn strengthLabel }
          months {
            endsOn
            strength
            strengthLabel
            outbound { counts { channel count } }
            inbound { counts { channel count } }
          }
        }
      }
    }
  }
`);

export const readFrame = graphql(
  `
  query ReadFrame {
    viewer { asOf isUpToDate role scopes person { ...Person } }
    network { name }
    sources(first: 50) { nodes { ...Source } }
    unreadNotificationCount
  }
`,
  [person, source],
);

export const createStatement = graphql(`
  mutation CreateStatement($input: CreateStatementInput!) {
    createStatement(input: $input) { statement { id kind } }
  }
`);

export const withdrawStatement = graphql(`
  mutation WithdrawStatement($input: WithdrawStatementInput!) {
    withdrawStatement(input: $input) { withdrawnStatements { id } }
  }
`);

export const mergePeople = graphql(`
  mutation MergePeople($input: MergePeopleInput!) {
    mergePeople(input: $input) { decision { id } }
  }
`);

export const markPeopleDistinct = graphql(`
  mutation MarkPeopleDistinct($input: MarkPeopleDistinctInput!) {
    markPeopleDistinct(input: $input) { decision { id } }
  }
`);

export const undoIdentityDecision = graphql(`
  mutation UndoIdentityDecision($input: UndoIdentityDecisionInput!) {
    undoIdentityDecision(input: $input) { undoneDecisionId }
  }
`);

type Answers = NonNullable<ResultOf<typeof findIntroductions>["introductions"]>;
export type Answer = Answers;
export type AnswerOf<Name extends Answers["__typename"]> = Extract<Answers, { __typename: Name }>;
export type Connector = AnswerOf<"Refusal">["possibleConnectors"][number];
export type Candidate = AnswerOf<"AmbiguousTarget">["candidates"][number];
export type Suggestion = NonNullable<ResultOf<typeof suggestPeople>["people"]>["edges"][number];
export type ShownTie = Extract<NonNullable<ResultOf<typeof readTie>["tie"]>, { __typename: "Tie" }>;
export type Frame = ResultOf<typeof readFrame>;
