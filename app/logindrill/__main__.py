"""The command `logindrill`, also as `python -m logindrill`; a stop signal ends it quietly while it is being loaded."""

import sys

from logindrill.serving import early_stop


def main() -> None:
    """Run the command."""
    early_stop.end_when_stopped()
    from logindrill.cli import main as run

    if sys.argv[1:2] not in (["serve"], ["exec"]):
        early_stop.as_usual()
    run(prog_name="logindrill")


if __name__ == "__main__":
    main()
