"""An import: one file of old answers that was taken in."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class Import(Model):
    """One run of an import: which file by which mapping, what went in, what was refused."""

    __tablename__ = "import"

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), index=True)
    source: Mapped[str] = mapped_column(String(120))
    file_name: Mapped[str] = mapped_column(String(255))
    file_hash: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]]
    n_rows: Mapped[int] = mapped_column(default=0)
    n_imported: Mapped[int] = mapped_column(default=0)
    n_known: Mapped[int] = mapped_column(default=0)  # were in already
    n_refused: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]
    undone_at: Mapped[Moment | None]
