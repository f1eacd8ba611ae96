"""What members share with each other: sources, hidden contacts, excluded introducers, and names of introducers."""
