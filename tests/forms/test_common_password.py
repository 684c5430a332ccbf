"""Which passwords everybody tries first."""

import pytest

from forms.common_password import is_common


@pytest.mark.parametrize(
    "password",
    """
    12345678 password 123456789 1234567890 qwertyuiop 1qaz2wsx iloveyou sunshine princess football
    baseball superman starwars internet computer trustno1 password1 passw0rd qwerty123 abcd1234
    asdfghjkl 11111111 12341234 87654321 123123123 q1w2e3r4 1q2w3e4r 1q2w3e4r5t zaq12wsx asdfasdf
    qwertyui aaaaaaaa liverpool elephant welkom01 Welkom123! wachtwoord Voetbal1 geheim123 feyenoord
    Zomer2026 letmein1 michael1 11223344 147258369 123qweasd P@ssw0rd! Admin2026 changeme loveyou1
    """.split(),  # noqa: SIM905 -- reads better than a list
)
def test_these_are_refused(password):
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "vier blauwe fietsen",
        "kf83-vmwq",
        "Rivierduin",
        "tafelpoot7stoel",
        "zeshonderdzes",
        "ÄÖÜßéèêë",
    ],
)
def test_these_are_not(password):
    assert not is_common(password)
