"""Routes beside GraphQL, sign-in, errors, and what surrounds every request."""
