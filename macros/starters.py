"""Files to start from: examples of rules that are whole files of a repository, for readers to take away."""

from dataclasses import dataclass

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule

# Below downloads/.
FOLDER = "files/"


@dataclass(frozen=True)
class Starter:
    """A file of a repository, with the rules whose examples it is made of."""

    path: str
    rules: list[Rule]

    @property
    def name(self) -> str:
        """The name it is saved by."""
        return self.path.rpartition("/")[2]

    @property
    def download(self) -> str:
        """Its place below downloads/: some hosts leave out names with a leading dot; Zensical takes .md for a page."""
        stem = self.name.removeprefix(".").removesuffix(".md")
        return f"{FOLDER}{stem}" if stem.endswith(".json") else f"{FOLDER}{stem}.txt"

    @property
    def language(self) -> str:
        """What it is written in."""
        return self.rules[0].example.language.value if self.rules[0].example else "text"

    @property
    def text(self) -> str:
        """The examples; where there are several, each below a comment that names its rule."""
        codes = {rule.id: rule.example.code.rstrip() for rule in self.rules if rule.example}
        if len(codes) == 1:
            return f"{codes.popitem()[1]}\n"
        return "\n".join(f"# {rule_id}\n{code}\n" for rule_id, code in codes.items())


def starters(catalog: Catalog) -> list[Starter]:
    """Return the files in the order of their rules; rules that name the same path make one file."""
    by_path: dict[str, list[Rule]] = {}
    for rule in catalog.rules.values():
        if rule.example and rule.example.file:
            by_path.setdefault(rule.example.file, []).append(rule)
    return [Starter(path, rules) for path, rules in by_path.items()]
