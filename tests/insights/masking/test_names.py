"""Hiding names, addresses and short numbers, and what looks like them but is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.masking.masking import MASK, masked


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Gesproken met meneer de Vries.", "Gesproken met meneer •••."),
        ("Mevrouw Jansen-Bakker belde", "Mevrouw ••• belde"),
        ("mevr. El Amrani en dhr. P. van den Berg", "mevr. ••• en dhr. •••"),
        ("Mrs. O'Brien and Mr Smith", "Mrs. ••• and Mr •••"),
        ("Ik ben Karin, en dat is alles", "Ik ben •••, en dat is alles"),
        ("ik ben kees de boer uit Emmen", "ik ben ••• uit Emmen"),
        ("My name is Callum Fraser.", "My name is •••."),
        ("I'm Priya from ward 6", "I'm ••• from ward 6"),
        (
            "Nooit meer.\nMet vriendelijke groet,\nHenk Postma",
            f"Nooit meer.\nMet vriendelijke groet,\n{MASK}",
        ),
        ("Thanks, Josh", "Thanks, •••"),
        ("Geholpen door Yusuf en Femke", "Geholpen door ••• en •••"),
        ("MEVROUW JANSEN HING OP", "MEVROUW ••• HING OP"),
        ("Herr Müller war nett", "Herr ••• war nett"),
        ("Mein Name ist Ulrike Schäfer", "Mein Name ist •••"),  # codespell:ignore ist
        ("Mit freundlichen Grüßen\nJürgen Vogt", f"Mit freundlichen Grüßen\n{MASK}"),
        ("Mme Dupont et M. Girard", "Mme ••• et •••"),
        ("Je m'appelle Chloé Marchand", "Je m'appelle •••"),
    ],
)
def test_a_name_is_hidden_where_something_announces_it(told, shown):
    assert masked(told) == shown


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("op Kerkstraat 12 en Dorpslaan 4b", "op ••• en •••"),
        ("1234 AB 12, 1234ab 12-a", "•••, •••"),
        ("Laan van Meerdervoort 210, 2555 CB Den Haag", "••• Den Haag"),
        ("SW1A 1AA, 12 High Street", "•••, •••"),
        ("Hauptstraße 12 und 3 rue de la Paix", "••• und •••"),
        ("12-AB-34 en AB-123-C", "••• en •••"),
        ("kenteken gz914t stond er", "kenteken ••• stond er"),
        ("reg AB12 CDE was clamped", "reg ••• was clamped"),
        ("geboren op 12-03-1980, geb. 4 mei 1941", "geboren op •••, geb. •••"),
        ("born 12 March 1980; DOB: 3/4/56", "born •••; DOB: •••"),
        ("geboren am 3.4.1956, née le 5 mai 1961", "geboren am •••, née le •••"),
        ("klantnummer 482, ordernr BX-4471", "klantnummer •••, ordernr •••"),
        ("Kundennummer 4471 und order number AX7", "Kundennummer ••• und order number AX7"),
        ("https://a.nl/x?klant=4 of www.a.nl/hulp", "••• of www.a.nl/hulp"),
        ("via @karin_h of @kantoor", "via ••• of @kantoor"),
        ("jan at voorbeeld dot nl", "•••"),
        ("tel0612345678 en NL92ABNA0417164300", "tel••• en NL92ABNA•••"),
    ],
)
def test_an_address_a_plate_a_birthday_and_a_short_number_are_hidden(told, shown):
    assert masked(told) == shown


@pytest.mark.parametrize(
    "told",
    [
        *("ik ben tevreden", "Ik ben Nederlander", "Ik ben Erg blij", "ik ben Klant", "I am Dutch"),
        *("I am very happy", "I am Very Happy", "IK BEN ERG BOOS", "MEVROUW WAS BOOS", "I'm Not"),
        *("naar de dr. Daarna naar huis", "meneer", "mevrouw aan de balie", "de dokter was er"),
        *("Groetjes uit Zwolle", "Thanks, Great service", "Thanks, NHS", "Gr. van een klant"),
        *("€ 1.250.000", "2.450.000 euro", "10.00-17.30", "12-03-2026 14:30", "2022/2023 2023"),
        *("iPhone 15, Boeing 737-800, A12, N201", "15%", "8/10 9/10 8/10 7/10", "1 2 3 4 5 6 7"),
        *("vlucht KL1009, kamer 412", "in de Kerkstraat 3 keer", "Snelweg 12", "Samsung S9 8GB"),
        *("1-JAN-24", "model AB-12-CD", "@ 4.50", "pi is 3,14159265", "klantnummer 3 keer gezegd"),
        *("geboren in 1954", "born and bred", "factuur 2024", "klantnummer invullen lukt niet"),
    ],
)
def test_what_only_looks_like_it_stays(told):
    assert masked(told) == told


FRAGMENTS = [
    *(
        "meneer ",
        "Mr. ",
        "ik ben ",
        "Groetjes, ",
        "thanks ",
        "geholpen door ",
        "Karin",
        "de ",
        "van ",
    ),
    *(
        "Vries",
        "Jansen ",
        " en ",
        "\n",
        ". ",
        ", ",
        " ",
        "12",
        "1234 AB ",
        "Kerkstraat ",
        "geb. ",
        "-",
    ),
    *(
        "1980",
        "klantnummer ",
        "is ",
        "06",
        "@",
        "x.nl",
        "/",
        "?",
        "kenteken ",
        "AB",
        "NL91",
        MASK,
        ":",
    ),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
def test_masking_again_changes_nothing_whatever_stands_together(parts):
    once = masked("".join(parts))

    assert masked(once) == once


@pytest.mark.parametrize(
    "repeated",
    [
        *(
            "a",
            "1 ",
            "12.",
            "Aa ",
            "a.",
            "van der ",
            "Kerkstraat 12 ",
            "ik ben Jan ",
            "A-1-",
            "1 rue ",
        ),
        *(
            "NL91 ",
            "1 2020 mr. woon A",
            "klantnummer van a b c ",
            "http://a/?",
            "a at b dot ",
            "geb. a",
        ),
        *(
            "A1%12 High Street, Jan-",
            "Mr AA-1-a.",
            "groetjes\n",
            "jan@x.",
            "12 High ",
            "(",
            "İ",
            MASK,
        ),
    ],
)
def test_no_text_takes_long(repeated):
    text = (repeated * 100_000)[:100_000]

    started = time.perf_counter()
    masked(text)

    assert time.perf_counter() - started < 10
