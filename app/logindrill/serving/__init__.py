"""The server process: opens sockets, prepares the database, runs the workers, announces readiness and shuts down.

One worker is one process: the event loop of uvicorn, which calls the application. For several workers, gunicorn keeps
the processes alive; the first of them prepares the database.
"""
