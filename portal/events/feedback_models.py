"""Answers to the feedback form. Nothing in a row leads to who gave it, nor to the other answers of the same person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Model, Short


class FeedbackAnswer(Model):
    """One answer to one question. `answered_on` is the first day of the month. SQLite keeps it by its random id, not in
    the order it came."""

    __tablename__ = "feedback_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    event_id: Mapped[Id] = mapped_column(ForeignKey("event.id"), index=True)
    question: Mapped[Short]
    value: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[date]
