"""What tests stand on: a PostgreSQL server, and the installed command as a process."""
