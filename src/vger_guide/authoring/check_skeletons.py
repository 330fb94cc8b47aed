"""A check to fill in, for each matcher: valid as it is, and right about its own samples."""

import textwrap
from typing import NamedTuple

CHECK = """\
check:
  strength: indication
  expect:
{expect}
  mend: "TODO: say in a line how to fix a failure."
  blind:
    - "TODO: say what the check cannot see."
  preview: true
  samples:
    passing:
      - title: "TODO: name a repository that meets the rule."
{passing}
    failing:
      - title: "TODO: name one that does not."
{failing}
"""


class Skeleton(NamedTuple):
    """A condition, and the contents of a sample that meets it and of one that does not, as YAML."""

    expect: str
    passing: str
    failing: str


def _of_files(path: str, text: str) -> str:
    return f"files:\n  {path}: |\n{textwrap.indent(text, '    ')}"


_NOTHING = _of_files("README.md", "Nothing.")
_CODE = """\
code:
  without: [tests, samples, vendored]
  find:
    - what: a call of print
      language: python
      rule: {pattern: print($$$)}
  expect: absent"""
_LOCKED = """\
locked:
  without: [tests, samples, vendored]"""

SKELETONS = {
    "code": Skeleton(_CODE, _of_files("shop.py", 'log.info("sold")'), _of_files("shop.py", 'print("sold")')),
    "commits": Skeleton(
        "commits: {like: '#[0-9]+', what: a ticket, newest: 50, percent: 80}",
        'commits: ["Sell things (#1)"]',
        "commits: [Sell things]",
    ),
    "content": Skeleton(
        'content: {which: ["**/*.md"], find: [{what: a TODO, pattern: TODO}], expect: absent}',
        _NOTHING,
        _of_files("README.md", "TODO: write it"),
    ),
    "dependency": Skeleton(
        'dependency: {packages: ["npm:connect-redis"], without: [tests, samples], expect: present}',
        _of_files("package.json", '{"dependencies": {"connect-redis": "^8.0.0"}}'),
        _of_files("package.json", '{"dependencies": {"express": "^5.0.0"}}'),
    ),
    "files": Skeleton(
        'files: {which: ["**"], kind: binary, larger_than: 1000, expect: absent}',
        _NOTHING,
        "blobs: {data.bin: 2000}",
    ),
    "forge": Skeleton(
        "forge: {at: $.repository.has_issues, like: '^true$', what: list of issues, expect: present}",
        "forge:\n  repository: {has_issues: true}",
        "forge:\n  repository: {has_issues: false}",
    ),
    "ignored": Skeleton(
        "ignored: {paths: [.env]}",
        _of_files(".gitignore", ".env"),
        _NOTHING,
    ),
    "locked": Skeleton(
        _LOCKED,
        _of_files("go.mod", "module shop\n\nrequire shop.example/till v1.0.0")
        + "\n"
        + "  go.sum: |\n    shop.example/till v1.0.0 h1:x=",
        _of_files("go.mod", "module shop\n\nrequire shop.example/till v1.0.0"),
    ),
    "paths": Skeleton(
        'paths: {which: ["SECURITY.md"], what: security policy, expect: present}',
        _of_files("SECURITY.md", "Write to us."),
        _NOTHING,
    ),
    "releases": Skeleton(
        'releases: {changelogs: ["changelog.md"], percent: 80}',
        _of_files("CHANGELOG.md", "## 1.1.0\n\n## 1.0.0") + "\ntags: [v1.0.0, v1.1.0]",
        _of_files("CHANGELOG.md", "## 1.1.0\n\n## 1.0.0") + "\ntags: [demo]",
    ),
    "secrets": Skeleton(
        'secrets: {which: ["**"], without: [tests, samples, vendored], expect: absent}',
        _of_files("settings.py", 'PASSWORD = os.environ["PASSWORD"]'),
        _of_files("settings.py", 'DATABASE_PASSWORD = "q9Zk2Lw8Xv"'),
    ),
    "share": Skeleton(
        'share: {which: ["docs/**/*.md"], among: ["docs/**"], what: pages in Markdown, percent: 90}',
        _of_files("docs/shop.md", "The shop."),
        _of_files("docs/shop.rst", "The shop."),
    ),
    "siblings": Skeleton(
        'siblings: {which: ["**/*.tf"], of: ["**/*.py"], what: infrastructure code, expect: absent}',
        _of_files("infrastructure/main.tf", "terraform {}") + "\n" + "  shop/shop.py: |\n    import till",
        _of_files("shop/main.tf", "terraform {}") + "\n" + "  shop/shop.py: |\n    import till",
    ),
    "tags": Skeleton(
        "tags: {like: '^v[0-9]', what: a version, percent: 80}",
        "tags: [v1.0.0]",
        "tags: [demo]",
    ),
    "value": Skeleton(
        'value: {which: ["shop.yml"], format: yaml, at: $.debug, like: "^true$", expect: absent}',
        _of_files("shop.yml", "debug: false"),
        _of_files("shop.yml", "debug: true"),
    ),
}


def render_check(matcher: str) -> str:
    """Return the YAML of a check by a matcher, with TODO where something has to be filled in."""
    skeleton = SKELETONS[matcher]
    return CHECK.format(
        expect=textwrap.indent(skeleton.expect, " " * 4),
        passing=textwrap.indent(skeleton.passing, " " * 8),
        failing=textwrap.indent(skeleton.failing, " " * 8),
    )
