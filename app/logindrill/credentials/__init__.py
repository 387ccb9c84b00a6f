"""Issuing and consuming what is handed out: links, sessions, messages that carry them."""
