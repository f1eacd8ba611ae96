"""Commands for members, tokens, and what members see of each other."""
