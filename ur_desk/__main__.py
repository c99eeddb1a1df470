"""The program's entry: `ur-desk` and `python -m ur_desk`."""

import sys


def main() -> None:
    """Runs the command line; without a command the desktop app."""
    from ur_desk.cli import run
    from ur_desk.dumps import forbid_dumps

    forbid_dumps()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
