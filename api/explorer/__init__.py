"""GraphiQL, served from this package: nothing is loaded from other hosts. web/graphiql builds the files."""
