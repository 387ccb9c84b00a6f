"""The server as a process: sockets, preparation, workers, first words, and an orderly end.

A light supervisor binds the sockets, forks a short-lived preparer that makes the database ready, and
lets gunicorn keep the workers alive; only preparer and workers load the application.
"""
