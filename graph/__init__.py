"""What we know, and how we judge it. The only room that speaks to the database."""
