"""A worker that is killed in the midst of sending sends nobody two mails."""

import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from actions.delivery import is_unknown, plan_deliveries, resend, send_waiting
from extensions import db
from models import Delivery
from tests.factories import NOON, make_journey
from tests.mail_server import MailServer, serving
from tests.summaries import make_subscription, make_summary

ROOT = Path(__file__).parents[2]
READERS = 5
SENDER = """
import sys
from datetime import UTC, datetime
from app import create_app
from actions.delivery import send_waiting
with create_app().app_context():
    send_waiting([int(sys.argv[1])], "2026-10", lambda: datetime.now(UTC))
"""


def _silent_after(listener, taken, n_taken):
    """A server that takes so many mails whole, and stays silent after the next one's last dot."""
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in map(bytes.upper, lines):
                if line.startswith(b"DATA"):
                    connection.sendall(b"354 go on\r\n")
                    taken.append(b"".join(iter(lines.readline, b".\r\n")))
                    if len(taken) > n_taken:
                        lines.readline()  # until the worker is gone
                        return
                connection.sendall(b"250 OK\r\n")
                if line.startswith(b"QUIT"):
                    break


@pytest.mark.slow
@pytest.mark.parametrize("n_taken", range(READERS))
def test_a_kill_between_begun_and_sent_leaves_one_unknown_and_the_rest_goes_once(
    app, tmp_path, n_taken
):
    journey = make_journey()
    for number in range(READERS):
        make_subscription(journey, f"reader{number}@a.example")
    plan_deliveries(make_summary(journey).id, NOON)
    number = journey.id
    db.session.rollback()
    taken = []

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Thread(target=_silent_after, args=(listener, taken, n_taken), daemon=True)
        server.start()
        worker = _worker(app, number, listener.getsockname()[1], tmp_path)
        while len(taken) <= n_taken:
            assert worker.poll() is None
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        server.join()

    later = datetime.now(UTC) + timedelta(minutes=11)
    with serving(MailServer(), app) as honest:
        tally = send_waiting([number], "2026-10", lambda: later)
        assert (tally.sent, tally.waiting) == (READERS - n_taken - 1, 0)
        unknown = db.session.scalars(select(Delivery).where(is_unknown(later))).all()
        assert [delivery.message_id.encode() in taken[-1] for delivery in unknown] == [True]
        resend(unknown[0].id, later)
        send_waiting([number], "2026-10", lambda: later)

    identities = [mail["Message-ID"] for mail in honest.taken]
    known = set(db.session.scalars(select(Delivery.message_id)))
    before = {one for one in known if any(one.encode() in mail for mail in taken[:n_taken])}
    assert len(before) == n_taken
    assert sorted(identities) == sorted(known - before)


def _worker(app, journey_id, port, home):
    """A process of its own that sends what waits."""
    environment = os.environ | {
        "OUTSIDEIN_HOME": str(home),
        "OUTSIDEIN_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "OUTSIDEIN_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    command = [sys.executable, "-c", SENDER, str(journey_id)]
    return subprocess.Popen(command, cwd=ROOT, env=environment)
