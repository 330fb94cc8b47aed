"""Packages of RubyGems: `Gemfile`, gem specifications, and `Gemfile.lock`.

The first two are programs, which are never run: what they say in so many words is found, a call to a line.
"""

import re
from collections.abc import Iterator

from vger_guide.matchers.manifests import ManifestReader, Package, lines
from vger_guide.text.lazy_pattern import lazy_pattern

_TEXT = r"""[ \t]*+\(?[ \t]*+(?:['"]|%[qQ][<(\[{])([A-Za-z0-9][\w.-]*+)['">)\]}]"""
_VERSION = r"""(?:[ \t]*+,[ \t]*+\[?['"]([^'"\n]*+)['"])?"""
_GEM = lazy_pattern(rf"[ \t]*+gem\b{_TEXT}{_VERSION}")
_ADDED = lazy_pattern(rf"[ \t]*+[\w.]*?\.add_(?:runtime_|development_)?dependency\b{_TEXT}{_VERSION}")
_LOCKED = lazy_pattern(r"    ([A-Za-z0-9][\w.-]*+) \(([^)\s]++)\)")
_ASKED = lazy_pattern(r"  ([A-Za-z0-9][\w.-]*+)!?(?: \(([^)]++)\))?!?$")


def normal(name: str) -> str:
    """Return a name as it is."""
    return name


def gemfile(content: str) -> Iterator[Package]:
    """Yield the gems of a `Gemfile`."""
    return _calls(_GEM, content)


def specification(content: str) -> Iterator[Package]:
    """Yield the dependencies of a gem specification."""
    return _calls(_ADDED, content)


def lock(content: str) -> Iterator[Package]:
    """Yield what a `Gemfile.lock` locks, and what it says that was asked for."""
    section = ""
    for number, line in lines(content):
        if line[:1] not in ("", " "):
            section = line
        match = _ASKED.match(line) if section == "DEPENDENCIES" else _LOCKED.match(line)
        if match:
            yield Package(match[1], match[2] or "", section == "DEPENDENCIES", number)


def _calls(pattern: re.Pattern[str], content: str) -> Iterator[Package]:
    for number, line in lines(content):
        if match := pattern.match(line):
            yield Package(match[1], match[2] or "", line=number)


READERS = {
    "Gemfile": ManifestReader(gemfile),
    "gems.rb": ManifestReader(gemfile),
    "*.gemspec": ManifestReader(specification),
    "Gemfile.lock": ManifestReader(lock),
    "gems.locked": ManifestReader(lock),
}
