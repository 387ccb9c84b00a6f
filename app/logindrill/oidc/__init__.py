"""The OpenID Connect door: what applications call. What their people see in a browser belongs to the pages."""
