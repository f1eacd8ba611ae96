// Run: TOKEN=… npm start -- "Jane Okonkwo"
import { graphql, TertiusClient, TertiusError } from "./client.ts";

const FindIntroductions = graphql(`
  query FindIntroductions($target: PersonRef!, $limit: Int!) {
    introductions(to: $target, limit: $limit) {
      __typename
      ... on Introductions {
        target { name }
        routes { introducers { name } summary score messageToForward }
        isComplete
      }
      ... on AlreadyKnown { target { name } step { strengthLabel evidence } }
      ... on Refusal { reason message suggestion }
      ... on AmbiguousTarget { candidates { person { id name company } } }
      ... on UnknownTarget { message }
    }
  }
`);

const StateTie = graphql(`
  mutation StateTie($input: CreateStatementInput!) {
    createStatement(input: $input) {
      statement { id kind statedOn validUntil }
    }
  }
`);

export function stateThatTheyMet(client: TertiusClient, fromPersonId: string, toPersonId: string) {
  // the key makes it safe to send the mutation again after a timeout
  const idempotencyKey = crypto.randomUUID();
  return client.request(StateTie, { input: { fromPersonId, toPersonId, kind: "MET", idempotencyKey } });
}

async function printIntroductions(client: TertiusClient, name: string): Promise<void> {
  const { introductions } = await client.request(FindIntroductions, { target: { name: { name } }, limit: 3 });
  switch (introductions?.__typename) {
    case "Introductions":
      for (const route of introductions.routes) console.log(`${route.score ?? "label only"}  ${route.summary}`);
      break;
    case "AlreadyKnown":
      console.log(`You know ${introductions.target.name}: ${introductions.step.evidence}.`);
      break;
    case "AmbiguousTarget":
      for (const { person } of introductions.candidates) console.log(`${person.id}  ${person.name}`);
      break;
    case "Refusal":
      console.log(`${introductions.message} ${introductions.suggestion}`);
      break;
    case "UnknownTarget":
      console.log(introductions.message);
  }
}

const client = new TertiusClient(
  process.env["API_URL"] ?? "http://localhost:8787/graphql",
  process.env["TOKEN"] ?? "",
);
try {
  await printIntroductions(client, process.argv[2] ?? "Jane Okonkwo");
} catch (error) {
  if (!(error instanceof TertiusError)) throw error;
  console.error(`${error.code}: ${error.message} (request ${error.requestId})`);
  process.exitCode = 1;
}
