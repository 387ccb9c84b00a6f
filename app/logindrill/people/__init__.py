"""People: finds them by what they type, and keeps their identifiers, passwords and second factors."""
