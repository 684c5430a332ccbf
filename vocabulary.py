"""The shared words of the product, as enumerations; docs/glossary.md explains each.

This module imports nothing of ours, so every layer may use it.
"""

from enum import StrEnum

LANGUAGES = ("nl", "en")
"""Languages every built-in text exists in, the default first."""


class Market(StrEnum):
    """Whom the company sells to."""

    B2B = "b2b"
    B2C = "b2c"


class Audience(StrEnum):
    """Who answers: someone who may buy, who bought, or who left."""

    PROSPECT = "prospect"
    CUSTOMER = "customer"
    EX_CUSTOMER = "ex_customer"


class Channel(StrEnum):
    """Where a touchpoint, or an answer, takes place."""

    ONLINE = "online"
    OFFLINE = "offline"


class Media(StrEnum):
    """What kind of means a touchpoint is: the company's own, bought, or given by others."""

    OWNED = "owned"
    PAID = "paid"
    EARNED = "earned"


class Team(StrEnum):
    """Which team of the company owns a touchpoint."""

    MARKETING = "marketing"
    SALES = "sales"
    SERVICE = "service"


class Lifecycle(StrEnum):
    """The state a person is in towards the company."""

    STRANGER = "stranger"
    KNOWN_VISITOR = "known_visitor"
    LEAD = "lead"
    CUSTOMER = "customer"
    AMBASSADOR = "ambassador"
    EX_CUSTOMER = "ex_customer"


class Part(StrEnum):
    """The part a person of a company plays in its decisions."""

    DECISION_MAKER = "decision_maker"
    USER = "user"
    INFLUENCER = "influencer"
    BUYER = "buyer"
    GATEKEEPER = "gatekeeper"


class Happening(StrEnum):
    """What happened to a person or an account on a day: a lifecycle event."""

    KNOWN_VISITOR = "known_visitor"  # the first five: a lifecycle state was entered
    LEAD = "lead"
    CUSTOMER = "customer"
    AMBASSADOR = "ambassador"
    EX_CUSTOMER = "ex_customer"
    LOST_DEAL = "lost_deal"  # did not buy, and will not for now
    REPEAT_PURCHASE = "repeat_purchase"  # from here: outcomes
    CROSS_SALE = "cross_sale"
    UP_SALE = "up_sale"
    REFERRAL = "referral"
    CHURN = "churn"


class Kind(StrEnum):
    """What kind of question it is: what the respondent sees."""

    SATISFACTION = "satisfaction"  # 1-5
    NPS = "nps"  # 0-10
    EFFORT = "effort"  # 1-7, disagree to agree that it was easy
    STARS = "stars"  # 1-5
    SMILEYS = "smileys"  # 1-5, faces with a word beneath each
    AGREEMENT = "agreement"  # 1-5
    YES_NO = "yes_no"  # 1 is yes, 0 is no
    SINGLE = "single"  # one of several options
    MULTIPLE = "multiple"  # any of several options
    MET = "met"  # which touchpoints the person met
    RATING = "rating"  # satisfaction with one touchpoint, 1-5
    COMMENT = "comment"  # open text


class Metric(StrEnum):
    """What a fact measures."""

    SATISFACTION = "satisfaction"
    NPS = "nps"
    EFFORT = "effort"
    STARS = "stars"
    SMILEYS = "smileys"
    AGREEMENT = "agreement"
    YES_NO = "yes_no"
    RATING = "rating"
    CHOICE = "choice"
    SENTIMENT = "sentiment"
    MENTION = "mention"  # a touchpoint named in a comment


class State(StrEnum):
    """What became of an asked item."""

    ANSWERED = "answered"
    MET_UNRATED = "met_unrated"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    SKIPPED = "skipped"
    WAITING = "waiting"  # told only together with others' answers; never stored, see release


class Identity(StrEnum):
    """How much of a respondent a survey stores."""

    NAMED = "named"
    PSEUDONYMOUS = "pseudonymous"
    ANONYMOUS = "anonymous"


class Presentation(StrEnum):
    """How a survey is laid out: everything on one page, or page by page."""

    ONE_PAGE = "one_page"
    PAGES = "pages"


class Role(StrEnum):
    """What a colleague may do."""

    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    OWNER = "owner"
    MANAGER = "manager"


class SentimentLabel(StrEnum):
    """What a comment says, in one word.

    "mixed" is praise and blame in one; "unsure" where the reader will not say, "unread" where no
    reader knows the language.
    """

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    MIXED = "mixed"
    UNSURE = "unsure"
    UNREAD = "unread"


class Draw(StrEnum):
    """How a comment came before the colleague who labelled it."""

    SEEN = "seen"  # while reading: corrected because it was wrong
    RANDOM = "random"  # drawn by chance, so that it speaks for the others
    UNSURE = "unsure"  # drawn because the reader was unsure of it
