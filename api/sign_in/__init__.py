"""Authentication of requests: tokens of programs, sessions of browsers, and the sign-in at a provider."""
