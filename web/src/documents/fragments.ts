import { type FragmentOf, graphql } from "../api/graphql";

export const person = graphql(`
  fragment Person on Person { id name title company }
`);

export const evidence = graphql(`
  fragment Evidence on Evidence { counts { channel count } firstContact lastContact isStated }
`);

export const step = graphql(
  `
  fragment Step on Step {
    fromPerson { ...Person }
    toPerson { ...Person }
    strength
    strengthLabel
    evidence
    isAsleep
    isUnreachable
  }
`,
  [person],
);

export const route = graphql(
  `
  fragment Route on Route {
    introducers { ...Person }
    target { ...Person }
    steps { ...Step }
    colleagueTie { evidence strengthLabel isAsleep isUnreachable fromPerson { ...Person } toPerson { ...Person } strength }
    score
    summary
    weakestStep { fromPerson { id } toPerson { id } }
    sharesNobody
    noAnswerNote
    messageToForward
    coverageUntil
    introducerAvailability { takesRequests note }
    dominatedRoutesNote
  }
`,
  [person, step],
);

export const source = graphql(`
  fragment Source on Source {
    id title kind account ownerName isOwn sharingLevel status loadedOn coverageUntil isStale
  }
`);

export type Person = FragmentOf<typeof person>;
export type Step = FragmentOf<typeof step>;
export type Route = FragmentOf<typeof route>;
export type Source = FragmentOf<typeof source>;
export type StrengthLabel = Step["strengthLabel"];
