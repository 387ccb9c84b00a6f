"""Credentials: issues and consumes codes, links, sessions, devices and temporary passwords, and sends messages."""
