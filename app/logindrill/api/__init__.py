"""The public API of the imitated service; one resource a file.

Only `sign_ins` is loaded with the server; `operations` is loaded at the first other call of a client.
"""
