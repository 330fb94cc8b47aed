"""Whether the changes of rules explain what became of each rule from one edition to the next."""

from collections import defaultdict
from collections.abc import Iterator

from vger_guide.catalog import Problem
from vger_guide.catalog.changes import RuleChange, RuleVerb
from vger_guide.catalog.editions import NEXT
from vger_guide.editions.differences import MEANING, differing, mistake, revision_mistake
from vger_guide.editions.passage import Passage, Place

_GONE = (RuleVerb.WITHDRAWN, RuleVerb.MERGED, RuleVerb.SPLIT)
# How many rules one goes into: at least, and at most.
_INTO = {RuleVerb.MERGED: (1, 1), RuleVerb.SPLIT: (2, 99)}
_WANTED = {0: "no rule", 1: "one rule", 2: "two rules or more"}

# The number of the entry with each verb of a rule.
Verbs = dict[RuleVerb, int]


def rules(passage: Passage) -> Iterator[Problem]:
    """Yield the problems of the rules, in the order of their ids."""
    by_rule: dict[str, Verbs] = defaultdict(dict)
    for i, change in enumerate(passage.changes.rules):
        by_rule[change.id].setdefault(change.verb, i)
        yield from _into(passage, i, change)
    became = {id_ for change in passage.changes.rules for id_ in change.into}
    for id_ in sorted({*passage.old.rules, *passage.new.rules}):
        if id_ not in passage.new.rules:
            yield from _gone(passage, id_, by_rule[id_])
        elif id_ not in passage.old.rules:
            allowed = () if id_ in became else (RuleVerb.ADDED,)
            yield from _explained(passage, by_rule[id_], allowed, f"{id_} is new", passage.rule(id_, "id"))
        else:
            yield from _stayed(passage, id_, by_rule[id_])


def _into(passage: Passage, i: int, change: RuleChange) -> Iterator[Problem]:
    """Yield what is wrong with the rules that one became."""
    least, most = _INTO.get(change.verb, (0, 0))
    if not least <= len(set(change.into)) <= most:
        yield passage.entry("rules", i, "into", f"a rule that is {change.verb} goes into {_WANTED[least]}")
    gone = passage.catalog.retired.get(change.id) if passage.after == NEXT else None
    if gone and change.verb in _GONE and set(gone.replaced_by) != set(change.into):
        said = ", ".join(gone.replaced_by) or "none"
        message = f"is not 'replaced_by:' of the retired rule, {said}; make them equal"
        yield passage.entry("rules", i, "into", message)


def _gone(passage: Passage, id_: str, verbs: Verbs) -> Iterator[Problem]:
    place = passage.frozen(passage.before, "rules", id_)
    yield from _explained(passage, verbs, _GONE, f"{id_} is gone", place)
    retired = passage.catalog.retired.get(id_)
    if retired and passage.after == NEXT:
        yield from _slug(passage, id_, retired.slug)


def _slug(passage: Passage, id_: str, slug: str) -> Iterator[Problem]:
    """Yield a problem where the page of a rule is not where it was: links to it would break."""
    old = passage.old.rules[id_].slug
    if slug != old:
        doc, keys = passage.rule(id_, "slug")
        yield doc.problem(keys, f"was '{old}' in edition {passage.before}; a slug never changes")


def _explained(
    passage: Passage, verbs: Verbs, allowed: tuple[RuleVerb, ...], what: str, place: Place
) -> Iterator[Problem]:
    """Yield a problem where a rule that only one edition has is not explained by just one verb."""
    for verb, i in verbs.items():
        if verb not in allowed:
            by = " by the change that others went into it" if not allowed else f"; allowed: {', '.join(allowed)}"
            yield passage.entry("rules", i, "verb", f"is '{verb}', and {what}{by}")
    if len(verbs) > 1 and not set(verbs) - set(allowed):
        yield passage.entry("rules", max(verbs.values()), "verb", f"is a second one, and {what}; keep one")
    if allowed and not verbs:
        doc, keys = place
        message = f"{what} since edition {passage.before}; say so in {passage.file}: {', '.join(allowed)}"
        yield doc.problem(keys, message)


def _stayed(passage: Passage, id_: str, verbs: Verbs) -> Iterator[Problem]:
    old, new = passage.old.rules[id_], passage.new.rules[id_]
    for verb, i in verbs.items():
        if verb not in (*MEANING, RuleVerb.MOVED):
            yield passage.entry("rules", i, "verb", f"is '{verb}', and both editions have the rule; use another verb")
    if found := mistake(old, new, verbs):
        yield passage.entry("rules", max(verbs.values()), "verb", found)
    elif wrong := revision_mistake(old, new, verbs):
        doc, keys = passage.rule(id_, "revision")
        yield doc.problem(keys, wrong)
    elif (names := differing(old, new)) and not set(verbs) & set(MEANING):
        how = f"not as in edition {passage.before}; say how: reworded, weakened, strengthened or split"
        yield _unexplained(passage, id_, names[0], how)
    if old.section != new.section and RuleVerb.MOVED not in verbs:
        how = f"not in section {old.section} as in edition {passage.before}; say 'moved'"
        yield _unexplained(passage, id_, "id", how)
    yield from _slug(passage, id_, new.slug)


def _unexplained(passage: Passage, id_: str, field: str, message: str) -> Problem:
    doc, keys = passage.rule(id_, field)
    return doc.problem(keys, f"is {message}, in {passage.file}")
