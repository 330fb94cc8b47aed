"""A comparison of two editions as Markdown, and as data for programs."""

from typing import Any

from vger_guide.editions.compare import Comparison, ComparisonStep, Difference, Wording
from vger_guide.editions.word_diff import DiffMark, DiffPart
from vger_guide.text.markdown import escape_prose

# Elements: asterisks beside a sign of punctuation mark nothing (https://spec.commonmark.org/0.31.2/#delimiter-run).
_MARKS = {DiffMark.EQUAL: "{}", DiffMark.DELETED: "<del>{}</del>", DiffMark.INSERTED: "<ins>{}</ins>"}


def to_record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data: codes, dates as texts, and the texts in parts that say what became of them."""
    chapters = [
        {"chapter": chapter.heading, "changes": [_record(each) for each in chapter.differences]}
        for chapter in comparison.chapters
    ]
    return {"from": comparison.old, "to": comparison.new, "chapters": chapters}


def _record(difference: Difference) -> dict[str, Any]:
    old, new, direction = difference.verdicts or (None, None, None)
    verdicts = {"from": old and old.value, "to": new and new.value, "direction": direction and direction.name.lower()}
    return {
        "id": difference.id,
        "title": difference.title,
        "section": difference.section,
        "verbs": difference.verbs,
        "steps": [_step(step) for step in difference.steps],
        "texts": [_render_wording(each) for each in difference.wordings],
        **({"verdict": verdicts} if difference.verdicts else {}),
    }


def _step(step: ComparisonStep) -> dict[str, Any]:
    said = {"edition": step.edition, "verb": step.verb, "reason": step.reason, "decided": step.decided.isoformat()}
    return {**said, **({"into": list(step.into)} if step.into else {})}


def _render_wording(wording: Wording) -> dict[str, Any]:
    parts = [{"mark": part.mark.value, "text": part.text} for part in wording.parts]
    return {"label": wording.label, "old": wording.old, "new": wording.new, "parts": parts}


def render_markdown(comparison: Comparison) -> str:
    """Return a comparison in GitHub's Markdown: struck through what went, underlined what came."""
    lines = [f"# What changed from {comparison.old} to {comparison.new}", ""]
    for chapter in comparison.chapters:
        lines += [f"## {escape_prose(chapter.heading)}", ""]
        lines += [line for each in chapter.differences for line in [*_lines(each), ""]]
    if not comparison.chapters:
        lines += ["Nothing changed.", ""]
    return "\n".join(lines)


def _lines(difference: Difference) -> list[str]:
    """Return the lines of a change: what it is about, why, and the texts that differ."""
    lines = [f"### {escape_prose(f'{difference.id} {difference.title}')}: {', '.join(difference.verbs)}", ""]
    lines += [
        f"- *{step.verb} in {step.edition}*{describe_outcome(step)}: {escape_prose(step.reason)}"
        for step in difference.steps
    ]
    return lines + [f"- {escape_prose(each.label)}: {_render_parts(each.parts)}" for each in difference.wordings]


def describe_outcome(step: ComparisonStep) -> str:
    """Return the rules that a rule became, in words behind its verb."""
    return f" into {', '.join(step.into)}" if step.into else ""


def _render_parts(parts: list[DiffPart]) -> str:
    return "".join(_mark(part) for part in parts)


def _mark(part: DiffPart) -> str:
    """Return a part in its marks, which stand at the words and not at the spaces around them."""
    inner = part.text.strip()
    if not inner:
        return part.text
    at = part.text.index(inner)
    return part.text[:at] + _MARKS[part.mark].format(escape_prose(inner)) + part.text[at + len(inner) :]
