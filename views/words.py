"""The shared words of vocabulary.py as readers see them."""

from flask_babel import gettext as _

from vocabulary import Role


def role_name(role: Role) -> str:
    """A role in the reader's language."""
    names = {
        Role.ADMINISTRATOR: _("Administrator"),
        Role.ANALYST: _("Analyst"),
        Role.OWNER: _("Owner of touchpoints"),
        Role.MANAGER: _("Manager"),
    }
    return str(names[role])


def role_meaning(role: Role) -> str:
    """What a role may do, in one sentence."""
    meanings = {
        Role.ADMINISTRATOR: _("Everything: all journeys, the team and the settings."),
        Role.ANALYST: _("Makes journeys, surveys, imports and summaries, and reads all answers."),
        Role.OWNER: _("Reads the board, the touchpoints and the comments of shared journeys."),
        Role.MANAGER: _("Reads the board and the summary of shared journeys."),
    }
    return str(meanings[role])
