"""The control API, for testers: sandboxes, clock, inbox, attempts; one resource a file.

Only probes are loaded with the server; `operations` is loaded at the first call of a tester.
"""
