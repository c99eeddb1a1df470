"""The program's entry: `ur-desk` and `python -m ur_desk`."""

import sys


def main() -> None:
    """Runs the command line; without a command the desktop app; with one flag the process that reads foreign files."""
    if sys.argv[1:] == ["--read-apart"]:
        from ur_desk.documents.child import serve

        serve()
        return
    from ur_desk.cli import run
    from ur_desk.dumps import forbid_dumps

    forbid_dumps()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
