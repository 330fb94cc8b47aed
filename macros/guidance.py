"""The macros of the pages that lead into the guide: the hard rules, decisions, downloads and the worked example."""

import re
from collections.abc import Callable
from pathlib import Path

from macros.example import example_review
from macros.links import Links
from macros.starters import starters
from macros.templates import FOLDER, Templates
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.output.reviews.summary import count_chapters, format_score
from vger_guide.reviews.labels import VALUES
from vger_guide.reviews.models import Plan, Value
from vger_guide.text.markdown import fence_code

# What the build writes for readers to take away, below the site's root: no name that ends in .md, which Zensical takes
# for a page.
DOWNLOADS = "downloads/"
RECORD = "decision-record.markdown"
# The forms of the worked example, each with what it is for.
FORMS = {
    "xlsx": ("review.xlsx", "Excel workbook", "For Excel or LibreOffice. A review imports the answers from it"),
    "docx": ("review.docx", "Word document", "For a board, in Word or LibreOffice"),
    "pdf": ("review.pdf", "PDF", "For a board, to read and print"),
    "html": ("review.html", "Report", "For a browser, and its printer"),
    "markdown": ("review.markdown", "Report in Markdown", "For a wiki or a repository"),
    "jira": ("review-jira.csv", "Open actions", "For Jira's importer"),
    "json": ("review.json", "The review itself", "For the page of reviews and `vger review`"),
}
_DECISION = re.compile(r"\bdecision\b", re.IGNORECASE)


class Guidance:
    """What these pages show of the catalogue."""

    def __init__(self, root: Path, catalog: Catalog, links: Links, templates: Templates) -> None:
        self.catalog = catalog
        self.links = links
        self.templates = templates
        self.example_review = example_review(catalog, root)

    @property
    def macros(self) -> list[Callable[..., str]]:
        """What pages can call, by the names of the methods."""
        return [
            self.checklist_table,
            self.count,
            self.decision_record,
            self.decision_rules,
            self.download,
            self.example,
            self.example_files,
            self.hard_rules,
            self.starter_files,
            self.verdict_of,
        ]

    def count(self, what: str) -> str:
        """Return how many rules or options there are."""
        return str({"rules": len(self.catalog.rules), "options": len(self.catalog.options)}[what])

    def download(self, name: str, title: str) -> str:
        """Return a link to a file that the build writes for readers to take away."""
        return self.templates.inline("download.html", address=self.links.file(DOWNLOADS + name), title=title)

    def hard_rules(self, *boxed: str) -> str:
        """Return the rules of level must, the critical ones first; `boxed` the prose calls hard rules."""
        musts = [rule for rule in self.catalog.rules.values() if rule.level is Level.MUST]
        critical = [rule for rule in musts if rule.severity is Severity.CRITICAL]
        parts: dict[str, list[Rule]] = {}
        for rule in musts:
            if rule not in critical:
                parts.setdefault(self.catalog.chapter_of(rule).heading, []).append(rule)
        return self.templates.block(
            "hard_rules.html", parts={"Critical": critical, **parts}, boxed=boxed, count=len(musts)
        )

    def checklist_table(self) -> str:
        """Return the kinds of system, each with its checklist, its workbook and its review."""
        return self.templates.block("checklist_table.html", workbook=self.workbook)

    def workbook(self, name: str) -> str:
        """Return the address of the workbook of a checklist: of a kind of system, of a chapter, or `whole`."""
        return self.links.file(f"{DOWNLOADS}checklist-{name}.xlsx")

    def decision_record(self) -> str:
        """Return the template for a decision record, to be read and copied."""
        text = (FOLDER / RECORD).read_text(encoding="utf-8").rstrip()
        return f'```markdown title="{RECORD}"\n{text}\n```'

    def starter_files(self) -> str:
        """Return the files that a repository can start from, each with its rules and a link to take it away."""
        return self.templates.markdown(
            "starters.jinja",
            files=starters(self.catalog),
            downloads=DOWNLOADS,
            here=self.links.file,
            fence=fence_code,
        )

    def decision_rules(self) -> str:
        """Return links to the rules that ask for a decision in writing."""
        asking = [rule for rule in self.catalog.rules.values() if asks_for_decision(rule)]
        return self.templates.block("rule_list.html", rules=asking)

    def verdict_of(self, option_id: str) -> str:
        """Return the verdict on an option."""
        _, option = self.catalog.options[option_id]
        return self.templates.inline("verdict_of.html", verdict=option.verdict)

    def example(self) -> str:
        """Return the scores of the worked example, and what is not met, the worst first."""
        context = self.example_review
        if not context:
            return ""
        [target] = context.review.targets
        scores = {name: format_score(counts["all"]) for name, counts in count_chapters(context, target).items()}
        order = list(Severity)
        found = [(rule, context.review.answers[rule.id][target.id]) for rule in context.rules]
        open_ = [(rule, answer) for rule, answer in found if answer.value in (Value.NOT_MET, Value.PARTIAL)]
        open_.sort(key=lambda each: (order.index(each[0].severity), each[0].level is not Level.MUST))
        return self.templates.block(
            "example.html",
            scores=scores,
            rows=[(rule, answer, VALUES[answer.value]) for rule, answer in open_ if answer.comment],
            rest=[rule for rule, answer in open_ if not answer.comment],
            planned=Plan.PLANNED,
            accepted=Plan.RISK_ACCEPTED,
            today=context.today,
        )

    def example_files(self) -> str:
        """Return links to the exports of the worked example."""
        files = [(self.links.file(f"{DOWNLOADS}example/{name}"), title, use) for name, title, use in FORMS.values()]
        return self.templates.block("example_files.html", files=files)


def asks_for_decision(rule: Rule) -> bool:
    """Return whether a rule's steps or evidence ask for a decision in writing."""
    return any(_DECISION.search(text) for text in (*rule.how, *rule.evidence))
