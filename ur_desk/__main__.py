"""The program's entry: `ur-desk` and `python -m ur_desk`."""

import sys


def main() -> None:
    """Runs the command line; without a command the desktop app; with one flag and a reader's name the process that reads foreign files."""
    if sys.argv[1:2] == ["--read-apart"] and len(sys.argv) == 3:
        from ur_desk.apart.child import serve

        serve(sys.argv[2])
        return
    from ur_desk.cli import run
    from ur_desk.dumps import forbid_dumps

    forbid_dumps()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
