import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from cli import supervisor
from tests.house.source import ROOT


@pytest.fixture
def script(tmp_path):
    """A command that notes its number in a file each time it starts, then does what it is told."""

    def command(then):
        starts = tmp_path / "starts"
        program = f"import os; open({str(starts)!r}, 'a').write(f'{{os.getpid()}}\\n')\n{then}"
        return [sys.executable, "-c", program]

    return command


@pytest.fixture
def keep():
    """Keep commands running until the end of the test."""
    stop, threads = Event(), []

    def start(*commands):
        threads.append(Thread(target=supervisor.keep, args=(commands, stop)))
        threads[0].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(20)


def starts(tmp_path):
    """The numbers of the processes that were started so far."""
    with suppress(FileNotFoundError):
        return [int(line) for line in (tmp_path / "starts").read_text().splitlines()]
    return []


def until(is_true, seconds=15):
    begin = monotonic()
    while not is_true():
        assert monotonic() - begin < seconds, "it did not happen in time"
        sleep(0.05)


def is_alive(number):
    with suppress(ProcessLookupError):
        os.kill(number, 0)
        return True
    return False


def test_a_process_that_is_killed_is_started_again(script, keep, tmp_path):
    keep(script("import time; time.sleep(60)"))
    until(lambda: len(starts(tmp_path)) == 1)

    os.kill(starts(tmp_path)[0], signal.SIGKILL)

    until(lambda: len(starts(tmp_path)) == 2)


def test_a_process_that_keeps_dying_is_given_more_and_more_time(script, keep, tmp_path):
    keep(script("raise SystemExit(1)"))

    sleep(5)

    assert 2 <= len(starts(tmp_path)) <= 4


def test_what_a_dead_process_left_behind_is_ended_too(script, keep, tmp_path):
    """Else a child of the web server would keep the port."""
    child = "import time; time.sleep(60)"
    keep(
        script(
            "import subprocess, sys, time\n"
            f"child = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
            f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\n"
            "time.sleep(60)"
        )
    )
    until((tmp_path / "child").exists)
    until((tmp_path / "child").read_text)
    child_number = int((tmp_path / "child").read_text())

    os.kill(starts(tmp_path)[0], signal.SIGKILL)

    until(lambda: not is_alive(child_number) or is_zombie(child_number))


def is_zombie(number):
    """Whether a process has ended and only waits to be counted by whoever adopted it."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return state.stdout.startswith("Z") or not state.stdout


def test_stopping_asks_each_process_to_finish(script, tmp_path):
    stop = Event()
    done = tmp_path / "done"
    command = script(
        "import signal, sys, time\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (open({str(done)!r}, 'w'), sys.exit()))\n"
        "time.sleep(60)"
    )
    thread = Thread(target=supervisor.keep, args=([command], stop))
    thread.start()
    until(lambda: starts(tmp_path))
    sleep(0.3)

    stop.set()
    thread.join(20)

    assert done.exists()


def test_the_supervisor_needs_little_memory():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, cli.supervisor; print('flask' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "False"
