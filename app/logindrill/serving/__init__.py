"""The server process: opens sockets, prepares the database, runs the workers, announces readiness and shuts down.

A light supervisor opens the sockets and has gunicorn keep the workers alive; only workers load the application, and the
first of them prepares the database.
"""
