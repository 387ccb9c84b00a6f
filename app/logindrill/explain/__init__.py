"""Explanations: why an attempt failed, a person cannot sign in or a message is missing, and who can do what about
it.
"""
