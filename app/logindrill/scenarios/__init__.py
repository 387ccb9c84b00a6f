"""Scenarios: login failures by name, each set up, reproduced over HTTP, explained and cured. A scenario is data.

One player serves the tests, the control API and the command line.
"""
