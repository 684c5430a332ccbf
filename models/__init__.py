"""What is stored: one noun per file."""

from models.account import Account
from models.answer import Answer
from models.attempt import Attempt
from models.correction import Correction
from models.delivery import Delivery
from models.estimate import Estimate, EstimateRound
from models.importing import Import
from models.improvement import Improvement
from models.insight_result import InsightResult
from models.job import Job
from models.journey import Journey
from models.lifecycle_event import LifecycleEvent
from models.membership import Membership
from models.mix import Mix
from models.organisation import Organisation
from models.outreach import Outreach
from models.pain_result import PainResult
from models.person import Person
from models.picture import Picture
from models.projection import Projection
from models.reader import Reader
from models.response import Response
from models.retraction import Retraction
from models.sentiment import Sentiment
from models.sign_in import SignIn
from models.stage import Stage
from models.subscription import Subscription
from models.summary import Summary
from models.survey import Survey
from models.touchpoint import Touchpoint
from models.user import User
from models.version import Version
from models.worker import Worker

__all__ = [
    "Account",
    "Answer",
    "Attempt",
    "Correction",
    "Delivery",
    "Estimate",
    "EstimateRound",
    "Import",
    "Improvement",
    "InsightResult",
    "Job",
    "Journey",
    "LifecycleEvent",
    "Membership",
    "Mix",
    "Organisation",
    "Outreach",
    "PainResult",
    "Person",
    "Picture",
    "Projection",
    "Reader",
    "Response",
    "Retraction",
    "Sentiment",
    "SignIn",
    "Stage",
    "Subscription",
    "Summary",
    "Survey",
    "Touchpoint",
    "User",
    "Version",
    "Worker",
]
