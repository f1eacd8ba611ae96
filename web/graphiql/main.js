import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/graphiql.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const query = `# Put your token into "Headers" below.
# Then click "Re-fetch GraphQL schema" on the left.
{
  introductions(to: { name: { name: "Jane Okonkwo" } }, limit: 3) {
    __typename
    ... on Introductions { routes { summary score } }
    ... on AlreadyKnown { step { strengthLabel evidence } }
    ... on Refusal { message suggestion }
    ... on AmbiguousTarget { candidates { person { id name company } } }
    ... on UnknownTarget { message }
  }
}
`;

createRoot(document.getElementById("graphiql")).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url: window.location.pathname }),
    defaultQuery: query,
    defaultHeaders: '{\n  "Authorization": "Bearer TOKEN"\n}',
    defaultEditorToolsVisibility: "headers",
  }),
);
