"""Every benchmark in turn, each printing ratios against something a reader knows: `python tests/benchmarks`."""

import subprocess
import sys
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("bench_*.py")):
    print(f"== {script.stem.removeprefix('bench_')}", flush=True)
    subprocess.run([sys.executable, str(script)], check=True)
