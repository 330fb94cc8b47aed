"""`vger review new --template`: a review begun from the file of a template, or of another review."""

from pathlib import Path

from vger_guide.catalog.catalog import Catalog
from vger_guide.cli.review.files import load_review, now
from vger_guide.cli.review.selection_options import ReviewOptions, default_title, parse_targets
from vger_guide.errors import UserError
from vger_guide.reviews.migrate import MigrationError, migrate
from vger_guide.reviews.models import Review
from vger_guide.reviews.template import begin_from, make_template


def begin_from_file(catalog: Catalog, template: Path, wanted: ReviewOptions, file: Path) -> Review:
    """Return a review begun from a template, which is moved to the edition at hand first. Raises UserError."""
    if wanted.profile or wanted.stage or wanted.workload or wanted.chapters:
        raise UserError("a template says which rules are asked; leave out --profile, --stage, --workload and --chapter")
    given = load_review(template).review
    if given.edition != catalog.edition:
        try:
            given = migrate(make_template(given), catalog, catalog.edition, now())
        except MigrationError as error:
            raise UserError(f"{template}: {error}") from None
    targets = parse_targets(wanted.targets, file) if wanted.targets else given.targets
    # A title that names the targets of the template is not one of others.
    named = default_title(targets) if given.title == default_title(given.targets) else given.title
    return begin_from(given, wanted.title or named, targets, now())
