"""Makes the app: binds extensions, registers blueprints and commands; nothing else."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import cli
import config
import models  # noqa: F401 -- tables are known once they are imported
import views
from extensions import babel, csrf, db, migrate
from views import figures, frame, guard, headers, journey_places, language, readable, sign_in
from views.transaction import mark_reading


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Make the app.

    Args:
        settings: what to use beside, or instead of, the environment's; tests give theirs.
    """
    app = Flask(__name__)
    app.config.update(config.load())
    app.config.update(settings or {})
    if app.config["TRUSTED_PROXIES"]:
        n = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True)
    babel.init_app(app, locale_selector=language.choose)
    csrf.init_app(app)
    sign_in.init_app(app)
    app.before_request(mark_reading)
    readable.init_app(app)
    app.before_request(guard.refuse_unruled)
    figures.init_app(app)
    frame.init_app(app)
    journey_places.init_app(app)
    headers.init_app(app)
    for name in views.BLUEPRINTS:
        app.register_blueprint(import_module(f"views.{name}").bp)
    for name in cli.GROUPS:
        app.cli.add_command(import_module(f"cli.{name}").command)
    return app
