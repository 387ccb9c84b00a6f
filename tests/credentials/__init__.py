"""What is handed out, how it is used up, and how it dies."""
