"""The GraphQL schema, its resolvers, and its HTTP endpoint."""
