"""Pages for respondents who find nothing to answer: what is the matter, and what to do."""

from flask import Response, make_response, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from views.asking import Asking


def unknown() -> Response:
    """Say that there is no such survey."""
    advice = _("Please check the link: perhaps a part of it is missing. Or ask who sent it to you.")
    return _stop(_("There is no survey here"), advice, 404)


def altered(asking: Asking, language: str) -> Response:
    """Say that a signed link does not hold."""
    with force_locale(language):
        advice = _(
            "It may have been cut off or changed on its way. Please open the link in your message "
            "again, or ask who sent it to you."
        )
        return _stop(_("This link does not work"), advice, 400, asking, language)


def closed(asking: Asking, language: str) -> Response:
    """Say that the survey takes no answers, any more or yet."""
    with force_locale(language):
        if not asking.was_opened:
            heading, advice = _("This survey is not open yet"), _("Please come back later.")
            return _stop(heading, advice, 404, asking, language)
        if asking.is_stored:
            advice = _("It takes no more answers. What you sent before is kept.")
        else:
            advice = _("It takes no more answers. Thank you for coming by.")
        return _stop(_("This survey is closed"), advice, 410, asking, language)


def _stop(
    heading: str, advice: str, status: int, asking: Asking | None = None, language: str = ""
) -> Response:
    """The page itself."""
    page = render_template(
        "answer/stop.html",
        heading=heading,
        advice=advice,
        asking=asking,
        survey=asking.questionnaire if asking else None,
        language=language,
    )
    return make_response(page, status)
