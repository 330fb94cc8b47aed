"""Modules of Go: `go.mod` (https://go.dev/ref/mod#go-mod-file).

`go.sum` is left out: it has the sums of all that was ever looked at to choose versions, so most of what it names is in
no build; and `go.mod` itself has named every module that is, since Go 1.17.
"""

from collections.abc import Iterator

from vger_guide.matchers.manifests import ManifestReader, Package, lines


def normal(name: str) -> str:
    """Return a name as it is: paths of modules differ by their capitals."""
    return name


def manifest(content: str) -> Iterator[Package]:
    """Yield what a `go.mod` requires, and what it takes in the place of that."""
    block = ""
    for number, line in lines(content):
        code, _, comment = line.partition("//")
        words = code.replace("(", " ( ").split()
        if words[1:] == ["("]:
            block = words[0]
        elif words[:1] == [")"]:
            block = ""
        elif words:
            verb, *rest = [block, *words] if block else words
            direct = not comment.strip().startswith("indirect")
            yield from _read_directive(verb, [word.strip('"`') for word in rest], direct, number)


def _read_directive(verb: str, words: list[str], direct: bool, number: int) -> Iterator[Package]:
    if verb == "replace" and "=>" in words:
        words = words[words.index("=>") + 1 :]
    elif verb != "require":
        return
    if len(words) > 1:
        yield Package(words[0], words[1], direct, number)


READERS = {"go.mod": ManifestReader(manifest)}
