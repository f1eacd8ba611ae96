import { graphql, type ResultOf, type VariablesOf } from "../api/graphql";
import { person } from "./fragments";

const counts = graphql(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`);

export const readHealth = graphql(
  `
  query ReadHealth($tag: String) {
    networkHealth(tag: $tag) {
      asOf
      counts { ...Counts }
      message
      innerCircle { person { ...Person } reason lastContact strengthLabel }
      groups { dimension name counts { ...Counts } }
      acceptance { message }
      concentration { message }
    }
  }
`,
  [counts, person],
);

export const readReach = graphql(`
  query ReadReach($tag: String) { networkHealth(tag: $tag) { reach { introducerCount peopleCount } } }
`);

export const readQuarters = graphql(
  `
  query ReadQuarters($tag: String) { networkHealth(tag: $tag) { quarters { asOf counts { ...Counts } } } }
`,
  [counts],
);

export const listClass = graphql(
  `
  query ListClass($class: ConnectionClass!, $tag: String, $after: String) {
    listedPeople(first: 20, class: $class, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [person],
);

export const readGoal = graphql(
  `
  query ReadGoal($tag: String) {
    networkGoal(tag: $tag) {
      goal { purpose stage companies roles fields }
      knownCount
      connectionCount
      message
      targets {
        kind
        name
        knownCount
        reachableCount
        message
        introducers { person { ...Person } peopleCount }
      }
      adviceMessage
    }
  }
`,
  [person],
);

export const setGoal = graphql(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`);

export const listNurture = graphql(
  `
  query ListNurture($tag: String) {
    nurtureSuggestions(first: 5, tag: $tag) {
      nodes {
        id
        weekStartsOn
        reason
        message
        person { ...Person }
        otherPerson { ...Person }
        evidence
        strengthLabel
        strengthLabelAfterContact
        note
      }
    }
  }
`,
  [person],
);

export const listPlans = graphql(
  `
  query ListPlans($after: String) {
    contactPlans(first: 20, after: $after) {
      nodes { id person { ...Person } otherPerson { id name } isAboutTwo everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [person],
);

export const respondToNurture = graphql(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id } }
  }
`);

export const setContactPlan = graphql(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`);

export const restoreContactPlan = graphql(`
  mutation RestoreContactPlan($input: RestoreContactPlanInput!) {
    restoreContactPlan(input: $input) { contactPlan { id } }
  }
`);

export const deleteContactPlan = graphql(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`);

export const listPrune = graphql(
  `
  query ListPrune($rule: PruneRule, $tag: String, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [person],
);

export const listArchived = graphql(
  `
  query ListArchived($tag: String, $after: String) {
    archivedPeople(first: 20, tag: $tag, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [person],
);

export const archivePeople = graphql(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds restorableIds }
  }
`);

export const restorePeople = graphql(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`);

export const reviewInvitations = graphql(
  `
  query ReviewInvitations($names: [String!], $tag: String, $after: String) {
    invitationReview(first: 20, names: $names, tag: $tag, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        name
        person { ...Person }
        isSent
        invitedOn
        advice
        reasons { sentence }
        mutualContacts { person { ...Person } strengthLabel }
        question
      }
    }
  }
`,
  [person],
);

export const listTags = graphql(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount rule }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const listTagged = graphql(
  `
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [person],
);

export const createTag = graphql(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } isNew } }
`);

export const setTagRule = graphql(`
  mutation SetTagRule($input: SetTagRuleInput!) { setTagRule(input: $input) { isNew replacedRule } }
`);

export const deleteTag = graphql(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`);

export const tagPeople = graphql(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`);

export const untagPeople = graphql(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`);

export const readMap = graphql(
  `
  query ReadMap($tag: String) {
    networkMap(tag: $tag) {
      asOf
      people { person { ...Person } strengthLabel bestRouteCount shortenedRouteCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
  }
`,
  [person],
);

const favours = graphql(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`);

export const listReciprocity = graphql(
  `
  query ListReciprocity($tag: String, $after: String) {
    reciprocity(first: 20, tag: $tag, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [favours],
);

export type Health = NonNullable<ResultOf<typeof readHealth>["networkHealth"]>;
export type Counts = Health["counts"];
export type ReachCount = NonNullable<ResultOf<typeof readReach>["networkHealth"]>["reach"][number];
export type Quarter = NonNullable<ResultOf<typeof readQuarters>["networkHealth"]>["quarters"][number];
export type ListedPerson = NonNullable<ResultOf<typeof listClass>["listedPeople"]>["nodes"][number];
export type NetworkMap = NonNullable<ResultOf<typeof readMap>["networkMap"]>;
export type MapPerson = NetworkMap["people"][number];
export type Goal = NonNullable<ResultOf<typeof readGoal>["networkGoal"]>;
export type Nurture = NonNullable<ResultOf<typeof listNurture>["nurtureSuggestions"]>["nodes"][number];
export type ContactPlan = NonNullable<ResultOf<typeof listPlans>["contactPlans"]>["nodes"][number];
export type Prune = NonNullable<ResultOf<typeof listPrune>["pruneSuggestions"]>["nodes"][number];
export type Archived = NonNullable<ResultOf<typeof listArchived>["archivedPeople"]>["nodes"][number];
export type Review = NonNullable<ResultOf<typeof reviewInvitations>["invitationReview"]>["nodes"][number];
export type Tag = NonNullable<ResultOf<typeof listTags>["tags"]>["nodes"][number];
export type TagRuleInput = VariablesOf<typeof setTagRule>["input"];
