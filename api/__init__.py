"""The HTTP service: GraphQL, uploads, target lists, sign-in, self-service of data subjects, and GraphiQL."""
