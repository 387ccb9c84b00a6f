"""The provider of OpenID Connect as applications meet it."""
