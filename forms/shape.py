"""How a question is answered: the choice between numbers, stars, faces, yes and no."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from questionnaires.shape import Shape
from vocabulary import Kind


def shape_field(shapes: list[Shape], now: Shape) -> Any:  # noqa: ANN401 -- WTForms is untyped
    """The field that chooses between these shapes, by groups; what is not sent stays as it is."""
    choices = [
        SelectChoice(code_of(shape), _name(shape), optgroup=_group(shape.kind)) for shape in shapes
    ]
    return SelectField(lazy_gettext("How it is answered"), choices=choices, default=code_of(now))


def code_of(shape: Shape) -> str:
    """A shape as a form sends it.

    Example:
        >>> code_of(Shape(Kind.STARS, 10))
        'stars-10'
    """
    return f"{shape.kind.value}-{shape.points}" + ("-reversed" if shape.is_reversed else "")


def _group(kind: Kind) -> str:
    """What shapes of a kind have in common."""
    names = {Kind.STARS: _("Stars"), Kind.SMILEYS: _("Faces"), Kind.YES_NO: _("Yes or no")}
    return str(names.get(kind) or _("Numbers"))


def _name(shape: Shape) -> str:
    """A shape in words."""
    n = shape.points
    if shape.kind is Kind.STARS:
        return str(ngettext("%(num)s star", "%(num)s stars", n))
    if shape.kind is Kind.SMILEYS:
        return str(ngettext("%(num)s face", "%(num)s faces", n))
    if shape.kind is Kind.YES_NO:
        return str(_("Yes or no: no is good") if shape.is_reversed else _("Yes or no: yes is good"))
    if n == 11:  # noqa: PLR2004 -- the one scale that begins at nought
        return str(_("Numbers from 0 to 10"))
    return str(_("Numbers from 1 to %(n)s", n=n))
