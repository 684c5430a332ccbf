"""Every kind of job there is; cli/worker.py says who does which."""

from enum import StrEnum


class JobKind(StrEnum):
    """What is to be done."""

    SCORE_COMMENTS = "score_comments"
    RESCORE_COMMENTS = "rescore_comments"  # those another reader has read
    TRAIN_READER = "train_reader"  # on an organisation's own labels
    PROJECT_RESPONSES = "project_responses"  # the finished ones, within seconds
    PROJECT_PARTIAL = "project_partial"  # left unfinished, a day after their last page
    PROJECT_ANONYMOUS = "project_anonymous"  # a day's batch, shuffled
    COMPACT_FACTS = "compact_facts"
    REBUILD_FACTS = "rebuild_facts"
    COMPUTE_PAIN = "compute_pain"
    COMPOSE_SUMMARY = "compose_summary"
    SEND_SUMMARIES = "send_summaries"
    SEND_TEST_SUMMARY = "send_test_summary"
    CLEAR_IMPORT = "clear_import"  # the responses of an import that was undone
    SEND_PASSWORD_LINK = "send_password_link"  # noqa: S105 -- a kind of job


FACT_KINDS = frozenset(
    {
        JobKind.SCORE_COMMENTS,
        JobKind.PROJECT_RESPONSES,
        JobKind.PROJECT_PARTIAL,
        JobKind.PROJECT_ANONYMOUS,
        JobKind.COMPACT_FACTS,
        JobKind.REBUILD_FACTS,
    }
)
"""Kinds that bring answers to the fact table: one at a time, and never behind others."""
