import os
import re
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.house.source import ROOT


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def serve(tmp_path, port):
    """Start `flask serve` on an empty home; ends it after the test."""
    started = []

    def start(*options):
        given = {"OUTSIDEIN_HOME": str(tmp_path), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        server = subprocess.Popen(
            [sys.executable, "-m", "flask", "serve", *options],
            cwd=ROOT,
            env=os.environ | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(server)
        return server

    yield start
    for server in started:
        server.terminate()
        server.communicate(timeout=60)


def status(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def until(is_true):
    start = monotonic()
    while not is_true():
        assert monotonic() - start < 60, "it did not happen within a minute"
        sleep(0.1)


def descendants(number):
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(number)], capture_output=True, text=True, check=False
    )
    children = [int(line) for line in found.stdout.split()]
    return children + [below for child in children for below in descendants(child)]


def test_an_empty_home_is_served_with_a_code_and_all_ends_when_asked(serve, port):
    server = serve()
    until(lambda: status(port, "/healthz") == 200)
    processes = descendants(server.pid)
    assert len(processes) == 4  # the web server with two hands, and the worker

    server.send_signal(signal.SIGTERM)
    said, _ = server.communicate(timeout=60)

    assert re.search(
        r"The first visitor needs this code: [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", said
    )
    assert f"Outsidein answers at http://127.0.0.1:{port}" in said
    assert not any(Path(f"/proc/{number}").exists() for number in processes)
    assert status(port, "/livez") is None


def test_a_taken_port_is_told_at_once(serve, port):
    with socket.create_server(("127.0.0.1", port)):
        server = serve()
        said, _ = server.communicate(timeout=60)

    assert server.returncode == 1
    assert f"Port {port} cannot be used (Address already in use); set PORT." in said
