"""/jobs: what waits, what runs, what went wrong."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, select

from actions.delivery import unknown_months
from extensions import db
from jobs import heartbeat, queue
from jobs.kinds import JobKind
from models import Job
from views import guard
from vocabulary import Role

bp = Blueprint("job", __name__, url_prefix="/jobs")

SHOWN = 100
"""How many jobs of a list are shown."""


@bp.get("/")
@guard.colleagues(Role.ANALYST)
def index() -> ResponseReturnValue:
    """Show the jobs: given up, running, waiting, and done lately."""
    now = datetime.now(UTC)
    is_open = Job.done_at.is_(None) & Job.failed_at.is_(None)
    is_held = Job.leased_until >= now
    waiting = is_open & (Job.leased_until.is_(None) | (Job.leased_until < now))
    lists = {
        "failed": select(Job).where(Job.failed_at.is_not(None)).order_by(Job.failed_at.desc()),
        "running": select(Job).where(is_open, is_held).order_by(Job.due_at),
        "waiting": select(Job).where(waiting).order_by(Job.due_at),
        "done": select(Job).where(Job.done_at.is_not(None)).order_by(Job.done_at.desc()),
    }
    return render_template(
        "job/index.html",
        jobs={name: db.session.scalars(each.limit(SHOWN)).all() for name, each in lists.items()},
        n_waiting=db.session.scalar(select(func.count()).select_from(Job).where(waiting)),
        n_workers=heartbeat.n_alive(now),
        has_unknown_mail=bool(unknown_months(now)),
        name_of=name_of,
    )


@bp.post("/<int:job_id>/attempts")
@guard.colleagues(Role.ANALYST)
def retry(job_id: int) -> ResponseReturnValue:
    """Try a job again that was given up."""
    if not queue.retry(job_id, datetime.now(UTC)):
        abort(404)
    flash(_("The job will be tried again."))
    return redirect(url_for("job.index"))


def name_of(kind: str) -> str:
    """A kind of job in the reader's language; one that is not known, as it is stored."""
    names = {
        JobKind.SCORE_COMMENTS: _("Read the comments"),
        JobKind.RESCORE_COMMENTS: _("Read the comments again"),
        JobKind.TRAIN_READER: _("Train the reader on our own labels"),
        JobKind.PROJECT_RESPONSES: _("Bring finished answers to the board"),
        JobKind.PROJECT_PARTIAL: _("Bring unfinished answers to the board"),
        JobKind.PROJECT_ANONYMOUS: _("Bring a day's anonymous answers to the board"),
        JobKind.COMPACT_FACTS: _("Tidy the fact table up"),
        JobKind.REBUILD_FACTS: _("Build the fact table anew"),
        JobKind.COMPUTE_PAIN: _("Compute pain"),
        JobKind.COMPOSE_SUMMARY: _("Compose a summary"),
        JobKind.SEND_SUMMARIES: _("Send the monthly summaries"),
        JobKind.SEND_TEST_SUMMARY: _("Send a test summary"),
        JobKind.CLEAR_IMPORT: _("Remove the answers of an import taken back"),
        JobKind.SEND_PASSWORD_LINK: _("Send a link to choose a password"),
    }
    known = {each.value: str(name) for each, name in names.items()}
    return known.get(kind, kind)
