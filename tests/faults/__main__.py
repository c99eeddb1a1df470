"""Kills every writing verb at every boundary: `python tests/faults [N]`; with a number, at that many boundaries spread over all."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))  # the builders
    from faults import main

    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else None))
