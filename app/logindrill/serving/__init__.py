"""The server as a process: sockets, preparation, workers, first words, and an orderly end.

A light supervisor binds the sockets and lets gunicorn keep the workers alive; only workers load the
application, and the first of them makes the database ready.
"""
