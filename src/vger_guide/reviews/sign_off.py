"""Signing a review, which closes it to changes, and opening it again; both are kept in its log."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vger_guide.reviews.models import Conclusion, Review, SignOff, State

# What a digest leaves out: the log itself, and what only says what wrote the file and when.
_UNSIGNED = ("$schema", "generator", "sign_offs", "updated")


class SignOffError(Exception):
    """A review cannot be signed or opened again; the message says why and how to mend it."""


@dataclass(frozen=True)
class Signing:
    """What somebody says at a signature, or where a review is opened again: `by` a name, `on` a day."""

    by: str
    on: date
    at: datetime
    reason: str = ""


def sign(review: Review, said: Signing, conclusion: Conclusion | None, open_musts: int | None) -> Review:
    """Return the review signed off, with a conclusion. Raises SignOffError."""
    if review.is_signed:
        raise SignOffError(f"is {describe_signature(review)} already")
    if review.conflicts:
        raise SignOffError("has conflicts from a merge; resolve them first")
    if conclusion is None:
        raise SignOffError("has no conclusion; say whether it is approved, approved with conditions, or rejected")
    _require_conditions(conclusion, review.conditions)
    entry = _entry(said, "signed").model_copy(
        update={"conclusion": conclusion, "conditions": review.conditions, "open_musts": open_musts}
    )
    concluded = review.model_copy(update={"state": State.SIGNED_OFF, "conclusion": conclusion})
    sealed = entry.model_copy(update={"digest": digest(concluded)})
    return concluded.model_copy(update={"sign_offs": [*review.sign_offs, sealed]})


def digest(review: Review) -> str:
    """Return the SHA-256 of what is signed, in hexadecimal: the document without its log.

    What program wrote it, and when, is left out too. The page of reviews makes the same one (core/sign-off.js).
    """
    document = review.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    kept = {key: value for key, value in document.items() if key not in _UNSIGNED}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_changed_since(review: Review) -> bool:
    """Return whether a review says something else than what was signed; one whose signature has no digest cannot."""
    signature = review.signature
    return signature is not None and signature.digest not in ("", digest(review))


def reopen(review: Review, said: Signing) -> Review:
    """Return the review in review again, without its conclusion; the log keeps what was signed. Raises SignOffError."""
    if not review.is_signed:
        raise SignOffError("is not signed off, so there is nothing to open again")
    if not said.reason.strip():
        raise SignOffError("is opened again for a reason only; give one")
    entry = _entry(said, "reopened")
    again: dict[str, object] = {"state": State.IN_REVIEW, "conclusion": None, "conditions": []}
    return review.model_copy(update={**again, "sign_offs": [*review.sign_offs, entry]})


def _entry(said: Signing, action: str) -> SignOff:
    if not said.by.strip():
        raise SignOffError("is signed and opened again by somebody; give a name")
    # A day begins up to 14 hours earlier than in UTC.
    if said.on > said.at.date() + timedelta(days=1):
        raise SignOffError(f"cannot be signed or opened again on {said.on}, which is still to come")
    plain = {"action": action, "by": said.by.strip(), "on": said.on, "at": said.at, "reason": said.reason.strip()}
    return SignOff.model_validate(plain)


def _require_conditions(conclusion: Conclusion, conditions: Sequence[str]) -> None:
    if conclusion is Conclusion.APPROVED_WITH_CONDITIONS and not conditions:
        raise SignOffError("is approved with conditions, but has none; add one")
    if conclusion is Conclusion.APPROVED and conditions:
        raise SignOffError("has conditions; approve it with conditions, or remove them")


def describe_signature(review: Review) -> str:
    """Return who signed a review and when, such as `signed by Ada on 2026-03-02`, or `signed off`."""
    signature = review.signature
    return f"signed by {signature.by} on {signature.on}" if signature else "signed off"
