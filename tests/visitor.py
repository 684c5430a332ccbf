"""A browser for tests, as far from the test's own state as a real one."""

from contextvars import copy_context

from flask.testing import FlaskClient

from extensions import db


class Visitor(FlaskClient):
    """Sends each request in an app context of its own, as a server does.

    Else ``g``, and with it who is signed in, would live on from one request to the next, and the
    page would be given the test's own objects. What the test wrote is committed first, and what it
    knows is read again afterwards.
    """

    def open(self, *args, **kwargs):
        """Send a request."""
        db.session.commit()
        kwargs.setdefault("buffered", True)  # read to its end, so that files are closed
        return copy_context().run(self._send, *args, **kwargs)

    def _send(self, *args, **kwargs):
        with self.application.app_context():
            return super().open(*args, **kwargs)
