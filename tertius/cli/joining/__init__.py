"""The commands for a server of a team: joining its network, and forgetting the token."""
