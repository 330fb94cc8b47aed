"""`vger explain`: all that the guide says of a rule."""

import click
from click.shell_completion import CompletionItem

from vger_guide.catalog.explanations import Explanation, ExplanationPart
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.snapshot import load_explanations
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.text.markdown import escape_prose, fence_code
from vger_guide.text.sanitize import escape_controls

EXAMPLES = """\b
Examples:
  vger explain SES004
  vger explain no-sessions-in-a-relational-database
  vger explain SES001 SES002 --format markdown
  vger explain ses004 --format json
  vger explain SES004 --catalog checklists
"""


def _complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the rules whose id or slug begins with what was typed, for the shell."""
    names = [(name, rule.title) for rule in load_explanations(catalog_folder(context)) for name in (rule.id, rule.slug)]
    return [CompletionItem(name, help=title) for name, title in names if name.casefold().startswith(begun.casefold())]


@click.command("explain", epilog=EXAMPLES)
@click.argument("rules", nargs=-1, required=True, metavar="RULE...", shell_complete=_complete)
@click.option("--format", "form", type=click.Choice(["terminal", "markdown", "json"]), default="terminal")
@catalog_option
def command(rules: tuple[str, ...], form: str) -> None:
    """Explain a rule: what it asks, why, and how to meet it.

    The question, the evidence and the exceptions follow. RULE is the id of a rule or its slug, the name of its page;
    both are case-insensitive. JSON is an object for one rule and a list for several.
    """
    known = load_explanations(catalog_folder())
    names = {rule.id: rule for rule in known} | {rule.slug: rule for rule in known}
    chosen = list({rule.id: rule for rule in resolve("rule", rules, names)}.values())
    if form == "json":
        records = [rule.record for rule in chosen]
        console.write_json(records if len(records) > 1 else records[0])
    elif form == "markdown":
        console.say("\n\n".join(_markdown(rule) for rule in chosen))
    else:
        console.write("\n\n".join(_terminal(rule) for rule in chosen))


def _terminal(rule: Explanation) -> str:
    head = [
        console.format_heading(f"{rule.id} {rule.title}"),
        escape_controls(rule.facts),
        "",
        console.fold(rule.statement),
    ]
    return "\n".join([*head, *(line for part in rule.parts for line in _terminal_part(part))])


def _terminal_part(part: ExplanationPart) -> list[str]:
    lines = ["", console.format_heading(part.heading)]
    if part.text:
        lines.append(console.fold(part.text, "  ", "  "))
    lines += [f"    {escape_controls(line)}".rstrip() for line in part.code.splitlines()]
    for i, item in enumerate(part.items, start=1):
        mark = f"  {i}. " if part.numbered else "  - "
        lines.append(console.fold(item, mark, " " * len(mark)))
    return [*lines, *(f"  - {escape_controls(title)}: {escape_controls(address)}" for title, address in part.links)]


def _markdown(rule: Explanation) -> str:
    head = [f"# {rule.id} {_prose(rule.title)}", _prose(rule.facts), _prose(rule.statement)]
    return "\n\n".join([*head, *(_markdown_part(part) for part in rule.parts)])


def _markdown_part(part: ExplanationPart) -> str:
    items = [f"{f'{i}.' if part.numbered else '-'} {_prose(item)}" for i, item in enumerate(part.items, start=1)]
    items += [f"- [{_prose(title)}](<{address}>)" for title, address in part.links]
    code = fence_code(part.code, part.language) if part.code else ""
    return "\n\n".join(filter(None, [f"## {part.heading}", _prose(part.text), code, "\n".join(items)]))


def _prose(text: str) -> str:
    return escape_prose(text, hosted=False)
