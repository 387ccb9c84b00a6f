"""Access: authenticates sessions, checks permissions, applies circumstances, counts guesses and ends access."""
