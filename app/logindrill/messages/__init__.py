"""Makes the subject, text and HTML of a message from its kind and values."""
