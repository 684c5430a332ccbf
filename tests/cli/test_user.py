"""`flask user ...`."""

import re

from tests.factories import make_organisation, make_user
from vocabulary import Role


def test_a_link_from_the_console_lets_a_colleague_choose_a_password(runner, client):
    make_organisation()
    make_user(email="els@devries.example")

    result = runner.invoke(args=["user", "link", " Els@devries.example"])

    (path,) = re.findall(r"^http://127.0.0.1:8000(/password/\S+)\n$", result.output)
    assert client.get(path).status_code == 200


def test_an_unknown_or_disabled_colleague_gets_no_link(runner):
    make_user(email="els@devries.example", active=False)

    for email in ("els@devries.example", "nobody@devries.example"):
        result = runner.invoke(args=["user", "link", email])
        assert result.exit_code == 1
        assert result.output == f"Error: No active colleague has the address {email}.\n"


def test_colleagues_are_listed_with_role_and_state(runner):
    make_user(Role.OWNER, email="els@devries.example", name="Els", password=None)
    make_user(Role.MANAGER, email="bob@devries.example", name="Bob", active=False)

    assert runner.invoke(args=["user", "list"]).output.splitlines() == [
        "bob@devries.example\tmanager\tdisabled\tBob",
        "els@devries.example\towner\tinvited\tEls",
    ]


def test_an_address_is_invited_once(runner):
    given = ["user", "invite", "els@devries.example", "--name", "Els", "--role", "analyst"]

    first, second = runner.invoke(args=given), runner.invoke(args=given)

    assert first.output.startswith("http://127.0.0.1:8000/password/")
    assert (second.exit_code, "has the address" in second.output) == (1, True)
