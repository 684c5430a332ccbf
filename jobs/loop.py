"""The worker: one thread per lane does jobs, the main thread keeps their leases and the time."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from os import getpid
from secrets import token_hex
from socket import gethostname
from threading import Event, Thread
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from extensions import db, is_only_reading
from jobs import failure, heartbeat, queue, schedule
from jobs.queue import Claim, Lane

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any], datetime, Callable[[float], None]], None]
"""Does a job of one kind: is given payload, now, and a way to tell the share done (0-1)."""

PAUSE = 0.5
"""Seconds between two looks at an empty list."""

RENEWAL = timedelta(seconds=5)
PLANNING = timedelta(minutes=1)
GRACE = 20.0
"""Seconds a running job gets to finish when the worker is told to stop."""


@dataclass
class Hand:
    """One lane's work: the job in hand, how far it is, and when its lease was last renewed."""

    app: Flask
    handlers: Mapping[str, Handler]
    clock: Callable[[], datetime]
    worker: str
    lane: Lane
    stop: Event
    held: Claim | None = None
    progress: float | None = None
    told: float | None = None
    renewed_at: datetime | None = None
    thread: Thread = field(init=False)

    def start(self) -> None:
        """Begin to work, until told to stop."""
        self.thread = Thread(target=self._work, name=f"jobs-{self.lane}", daemon=True)
        self.thread.start()

    def _work(self) -> None:
        """Do what is due; look again soon when nothing is, later when the database is away."""
        while not self.stop.is_set():
            try:
                with self.app.app_context():
                    has_worked = self.do_next()
            except SQLAlchemyError as error:
                log.warning("The database did not answer a worker: %s", type(error).__name__)
                self.stop.wait(5)
            else:
                if not has_worked:
                    self.stop.wait(PAUSE)

    def do_next(self) -> bool:
        """Do the job that is due longest; whether there was one."""
        if not self._is_any_due():
            return False
        now = self.clock()
        held = queue.claim(self.worker, self.lane, now)
        if held is None:
            return False
        self.progress = self.told = None
        self.renewed_at, self.held = now, held
        try:
            self._do(held)
        finally:
            self.held = None
        return True

    def _is_any_due(self) -> bool:
        """Look, without standing in a writer's way."""
        token = is_only_reading.set(True)
        try:
            return queue.is_any_due(self.lane, self.clock())
        finally:
            db.session.rollback()
            is_only_reading.reset(token)

    def _do(self, held: Claim) -> None:
        """Run the handler and say what came of it."""
        handler = self.handlers.get(held.kind)
        if handler is None:
            error = f"No worker knows how to do “{held.kind}”."
            queue.fail(held, self.clock(), error, is_final=True)
            return
        try:
            handler(held.payload, self.clock(), self._report)
        except Exception as error:  # whatever it is, the others must go on
            db.session.rollback()
            log.exception("Job %s (%s) failed", held.id, held.kind)
            queue.fail(held, self.clock(), failure.describe(error, self.app.config))
        else:
            db.session.rollback()
            queue.finish(held, self.clock())

    def _report(self, share: float) -> None:
        """Note how far the job is; the main thread writes it down beside the handler's work."""
        self.progress = min(max(share, 0.0), 1.0)

    def keep(self, now: datetime) -> None:
        """Renew the lease of the job in hand, if it is time or there is progress to tell."""
        held, progress = self.held, self.progress
        if held is None or self.renewed_at is None:
            return
        if now - self.renewed_at >= RENEWAL or progress != self.told:
            self.renewed_at, self.told = now, progress
            if not queue.renew(held, now, progress) and self.held is held:
                log.warning("Job %s (%s) outlived its lease", held.id, held.kind)


def run(
    app: Flask,
    handlers: Mapping[str, Handler],
    clock: Callable[[], datetime],
    zone: ZoneInfo,
    stop: Event,
) -> None:
    """Work until told to stop; then finish the jobs in hand, or give them back.

    Args:
        app: whose database holds the jobs.
        handlers: who does which kind.
        clock: says what time it is, in UTC.
        zone: where days and months end.
        stop: set it to stop the worker.

    Raises:
        RuntimeError: a lane stopped working; the process should be started again.
    """
    worker = f"{gethostname()[:60]}:{getpid()}:{token_hex(4)}"
    hands = [Hand(app, handlers, clock, worker, lane, stop) for lane in Lane]
    for hand in hands:
        hand.start()
    keeper = Keeper(app, clock, worker, zone, hands)
    while not stop.wait(1):
        keeper.keep()
        # Looked at in this order: when asked to stop, the lanes end by themselves.
        has_ended = not all(hand.thread.is_alive() for hand in hands)
        if has_ended and not stop.is_set():
            raise RuntimeError("A lane of the worker stopped by itself.")
    for hand in hands:
        hand.thread.join(GRACE)
    keeper.close()


@dataclass
class Keeper:
    """What the main thread does beside the lanes: leases, signs of life, repeating work."""

    app: Flask
    clock: Callable[[], datetime]
    worker: str
    zone: ZoneInfo
    hands: list[Hand]
    beaten_at: datetime | None = None
    planned_at: datetime | None = None

    def keep(self) -> None:
        """Do what it is time for; a database that is away is met again a second later."""
        now = self.clock()
        try:
            with self.app.app_context():
                for hand in self.hands:
                    hand.keep(now)
                if self.beaten_at is None or now - self.beaten_at >= heartbeat.BEAT:
                    heartbeat.beat(self.worker, now)
                    self.beaten_at = now
                if self.planned_at is None or now - self.planned_at >= PLANNING:
                    schedule.plan(now, self.zone)
                    queue.sweep(now)
                    self.planned_at = now
        except SQLAlchemyError as error:
            log.warning("The database did not answer the keeper: %s", type(error).__name__)

    def close(self) -> None:
        """Give back what is still in hand, and leave."""
        now = self.clock()
        with self.app.app_context():
            for hand in self.hands:
                if hand.held is not None:
                    queue.give_back(hand.held, now)
            heartbeat.leave(self.worker)
