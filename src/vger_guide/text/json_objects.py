"""Objects of JSON formats that know no empty fields, and times as these formats have them (RFC 3339, in UTC)."""

from datetime import UTC, date, datetime, time
from typing import Any


def without_empty(**fields: Any) -> dict[str, Any]:
    """Return an object with the fields that hold something. `_` stands for `-`, or at the end for nothing."""
    return {name.strip("_").replace("_", "-"): each for name, each in fields.items() if each not in ("", None, [], {})}


def format_moment(when: datetime) -> str:
    """Return a time."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def format_midnight(day: date) -> str:
    """Return the beginning of a day."""
    return format_moment(datetime.combine(day, time.min, UTC))


def format_last_second(day: date) -> str:
    """Return the end of a day."""
    return format_moment(datetime.combine(day, time(23, 59, 59), UTC))
