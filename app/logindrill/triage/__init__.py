"""Triage: from the content of a ticket to the login failures that fit it, and to the next questions.

It needs no sandbox.

What a failure looks like is derived from its scenario; only what no scenario contains is in a table by reason.
"""
