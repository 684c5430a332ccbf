from sqlalchemy.exc import IntegrityError

from jobs.failure import LONGEST, describe

SETTINGS = {
    "SECRET_KEY": "abcdefgh",
    "SMTP_URL": "smtp://ann:p%40ss@mail.example.org",
    "SQLALCHEMY_DATABASE_URI": "postgresql://ann:sesame@db.example.org/outsidein",
}


def test_keys_and_passwords_are_masked_however_they_are_written():
    error = OSError("abcdefgh, p@ss, p%40ss, sesame, and http://ann:other@host/")

    assert describe(error, SETTINGS) == "OSError: ***, ***, ***, ***, and http://ann:***@host/"


def test_a_database_error_says_neither_statement_nor_what_people_wrote():
    cause = ValueError("duplicate key\nDETAIL: Key (email)=(ann@example.org) already exists.")
    error = IntegrityError("INSERT INTO user", {"email": "ann@example.org"}, cause)

    assert describe(error, SETTINGS) == "ValueError: duplicate key"


def test_an_error_without_words_says_its_kind():
    assert describe(KeyError(), {}) == "KeyError"


def test_a_long_error_is_cut():
    assert len(describe(OSError("x" * 10_000), {})) == LONGEST
