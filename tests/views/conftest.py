"""Who looks at the pages."""

import pytest

from tests.factories import make_membership, make_organisation, make_user, sign_in_as
from tests.story import tell
from vocabulary import Role


@pytest.fixture
def analyst(app, client):
    """An analyst who is signed in and sees the journey with answers."""
    make_organisation()
    user = make_user(Role.ANALYST)
    make_membership(user, tell(app))
    sign_in_as(client, user)
    return user
