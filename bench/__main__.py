"""Everything that is measured, one after the other: `make bench`. About twenty minutes."""

import os
import platform
import subprocess
import sys
from pathlib import Path

from bench.server import ROOT

MEASURES = (
    ("start",),
    ("submissions",),
    ("board", "--facts", "10_000"),
    ("board", "--facts", "1_000_000"),
    ("board", "--facts", "10_000_000"),
    ("imports",),
    ("exports",),
    ("sentiment",),
    ("pain",),
)
"""Which module with which arguments; each runs in a process of its own."""


def main() -> None:
    """Say what machine this is, then measure."""
    print(f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB, {platform.platform()},")
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before\n", flush=True)
    for module, *arguments in MEASURES:
        print(f"## {' '.join([module, *arguments])}", flush=True)
        command = [sys.executable, "-m", f"bench.{module}", *arguments]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 -- our own modules
        print(flush=True)


def _processor() -> str:
    """What the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory() -> int:
    """Its memory, in whole gigabytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 10**9


if __name__ == "__main__":
    main()
