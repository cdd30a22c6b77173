"""How often a disk acknowledges a block: as it is, and slowed down by strace, which counts the syncs too.

strace holds back each fsync and fdatasync of a process and its children on their way to the kernel, and lets
every other call pass at full speed. `python -m tests.benchmarks.disk FOLDER` prints the syncs a second.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BLOCK = b"\0" * 4096
SYNCS = "fsync,fdatasync"


@dataclass(frozen=True)
class SlowDisk:
    """A disk on which every sync takes longer by a delay."""

    delay_ms: int

    def under(self, log: Path) -> list[str]:
        """The command under which a program finds its disk so slow; each sync is a line of the log."""
        delay = f"inject={SYNCS}:delay_enter={self.delay_ms * 1000}"
        return [
            *("strace", "--daemonize", "--follow-forks", "--seccomp-bpf", "--quiet=all"),
            *("-o", str(log), "-e", f"trace={SYNCS}", "-e", delay),
        ]

    def syncs_per_second(self, folder: Path) -> float:
        """How often it acknowledges a block to a process of its own."""
        command = [*self.under(Path(os.devnull)), sys.executable, "-m", "tests.benchmarks.disk", str(folder)]
        return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def is_traceable() -> bool:
    """Whether strace is here, to make a disk slow."""
    return shutil.which("strace") is not None


def syncs_in(log: Path) -> int:
    """Syncs that were asked for so far."""
    return sum("sync(" in line for line in log.read_text().splitlines())


def syncs_per_second(folder: Path, seconds: float = 1.0) -> float:
    """How often the disk of a folder acknowledges a block, appended to a file."""
    count, path = 0, folder / "synced"
    with path.open("wb", buffering=0) as file:
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            file.write(BLOCK)
            os.fsync(file.fileno())
            count += 1
        took = time.perf_counter() - start
    path.unlink()
    return count / took


if __name__ == "__main__":
    print(syncs_per_second(Path(sys.argv[1])))
