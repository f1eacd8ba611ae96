import type { AnswerOf } from "../src/documents/asking";
import type { Person, Route, Step } from "../src/documents/fragments";

/** Objects of the API's types. The compiler compares them with the schema. */
export const person = (
  id: string,
  name: string,
  title: string | null = null,
  company: string | null = null,
): Person => ({
  id,
  name,
  title,
  company,
});

export const ana = person("a", "Ana Ferreira");
export const noor = person("n", "Noor Haddad", "Principal Engineer", "Fjord Sensing");
export const rui = person("r", "Rui Tavares");
export const jane = person("j", "Jane Okonkwo", "CTO", "Halden Robotics");

export const step = (fromPerson: Person, toPerson: Person, strengthLabel: Step["strengthLabel"]): Step => ({
  fromPerson,
  toPerson,
  strength: 0.6,
  strengthLabel,
  evidence: `8 messages from ${fromPerson.name}`,
  isAsleep: false,
  isUnreachable: false,
});

export const route = (introducer: Person, overrides: Partial<Route> = {}): Route => ({
  introducers: [introducer],
  target: jane,
  steps: [step(introducer, ana, "STRONG"), step(introducer, jane, "STRONG"), step(jane, introducer, "GOOD")],
  colleagueTie: null,
  score: 0.4396,
  summary: `${introducer.name} to you: strong.`,
  weakestStep: { fromPerson: { id: jane.id }, toPerson: { id: introducer.id } },
  sharesNobody: false,
  noAnswerNote: null,
  messageToForward: `Hi ${introducer.name}`,
  coverageUntil: "2026-11-20",
  introducerAvailability: null,
  dominatedRoutesNote: null,
  ...overrides,
});

const head = {
  target: jane,
  possibleDuplicates: [],
  asOf: "2026-11-22",
  sources: [{ title: "linkedin", coverageUntil: "2026-11-20", isStale: false, isOwn: true }],
  lowScoreRoutesNote: null,
  asleepIntroducers: [],
  unreachableIntroducers: [],
};

export const introductions = (
  overrides: Partial<AnswerOf<"Introductions">> = {},
): AnswerOf<"Introductions"> => ({
  __typename: "Introductions",
  ...head,
  routes: [route(noor), route(rui, { sharesNobody: true })],
  isComplete: true,
  withheldStrengthLabel: null,
  ...overrides,
});

export const alreadyKnown = (
  overrides: Partial<AnswerOf<"AlreadyKnown">> = {},
): AnswerOf<"AlreadyKnown"> => ({
  __typename: "AlreadyKnown",
  ...head,
  step: step(jane, ana, "FAIR"),
  routes: [],
  isComplete: true,
  withheldStrengthLabel: null,
  ...overrides,
});

const silence = { counts: [], lastContact: null };

export const refusal = (overrides: Partial<AnswerOf<"Refusal">> = {}): AnswerOf<"Refusal"> => ({
  __typename: "Refusal",
  ...head,
  reason: "ONE_SIDED",
  message: "No genuine route to Jane Okonkwo: your sources do not show that Noor Haddad knows you.",
  suggestion: "One message from Noor Haddad is enough.",
  nearestMiss: {
    people: [ana, noor, jane],
    fromPerson: noor,
    toPerson: ana,
    outbound: silence,
    inbound: silence,
  },
  possibleConnectors: [],
  ...overrides,
});

export const ambiguous: AnswerOf<"AmbiguousTarget"> = {
  __typename: "AmbiguousTarget",
  candidates: [
    {
      person: person("1", "Wei Chen", "Optical Engineer", "Lotus Optics"),
      lastContact: "2026-11-10",
      sources: ["LINKEDIN"],
    },
    { person: person("2", "Wei Chen", "Pricing Manager", "Baltic Freight"), lastContact: null, sources: [] },
  ],
};

export const unknown = (overrides: Partial<AnswerOf<"UnknownTarget">> = {}): AnswerOf<"UnknownTarget"> => ({
  __typename: "UnknownTarget",
  message: "No person in your sources has this name.",
  possibleConnectors: [],
  onlyCandidate: null,
  similarPeople: [jane],
  ...overrides,
});
