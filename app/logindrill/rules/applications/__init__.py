"""What an application may ask for and get (OpenID Connect Core 1.0, RFC 6749): pure decisions, one file a topic."""
