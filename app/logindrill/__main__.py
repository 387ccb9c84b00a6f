"""`python -m logindrill` runs the command `logindrill`."""

from logindrill.cli import main

if __name__ == "__main__":
    main(prog_name="logindrill")
