"""Who is who: people found by what they type, what they are known by, and what they know themselves."""
