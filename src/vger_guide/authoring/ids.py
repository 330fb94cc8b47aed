"""Ids and names of new records: free, and fit to name a file."""

import re

from vger_guide.authoring.skeletons import to_kebab
from vger_guide.catalog.catalog import Catalog
from vger_guide.errors import UserError
from vger_guide.records.fields import PREFIX

MAX_NAME = 80  # characters of what becomes the name of a file
MAX_NUMBER = 999


def resolve_prefix(catalog: Catalog, prefix: str) -> str:
    """Return the prefix for a first rule. Raises UserError where it is none, or another section's."""
    if not re.fullmatch(PREFIX, prefix):
        raise UserError("no file in this folder is about that section yet; choose three capital letters with --prefix")
    owner = next((number for number, rules in catalog.rulesets.items() if rules.prefix == prefix), None)
    if owner:
        raise UserError(f"the prefix {prefix} belongs to section {owner}; choose another with --prefix")
    return prefix


def require_same_prefix(prefix: str, given: str) -> str:
    """Return the prefix that the rules of a file have. Raises UserError where another one was given."""
    if given not in ("", prefix):
        raise UserError(f"the ids of that section begin with {prefix}; omit --prefix")
    return prefix


def next_id(catalog: Catalog, prefix: str) -> str:
    """Return the id behind all that rules with a prefix have or had."""
    taken = [int(rule.id.removeprefix(prefix)) for rule in catalog.known_rules if rule.id.startswith(prefix)]
    number = max(taken, default=0) + 1
    if number > MAX_NUMBER:
        raise UserError(f"the prefix {prefix} has no number left; begin another file with another prefix")
    return f"{prefix}{number:03}"


def file_name(name: str, option: str) -> str:
    """Refuse what cannot be the name of a file; whether it is an id is for the models to say."""
    if to_kebab(name) != name or not name or len(name) > MAX_NAME:
        meaning = f"small letters, digits and single dashes, at most {MAX_NAME} characters"
        raise UserError(f"'{name}' is not a name for a record; choose one with {option}: {meaning}")
    return name


def require_free_slug(catalog: Catalog, slug: str) -> str:
    """Return a slug. Raises UserError where a rule has or had it."""
    owner = next((rule.id for rule in catalog.known_rules if rule.slug == slug), None)
    if owner:
        raise UserError(f"the slug '{slug}' is taken by {owner}; choose another with --slug, or change the title")
    return slug


def require_free_row(catalog: Catalog, id_: str) -> str:
    """Return the id of a row. Raises UserError where a row of any table has it."""
    if id_ in catalog.options:
        raise UserError(f"the id '{id_}' is taken by a row of {catalog.options[id_][0].id}; choose another")
    return id_
