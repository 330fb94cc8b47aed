"""Makes scratch repositories with git itself, and tells whether looking at one did anything to it."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vger_guide.repo.tree import FileKind, RequirementMissingError, Tree, UnreadableFileError

WHO = {f"GIT_{who}_{what}": f"a{at}" for who in ("AUTHOR", "COMMITTER") for what, at in (("NAME", ""), ("EMAIL", "@b"))}
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ALLOW_PROTOCOL": "file"}
WHEN = {"GIT_AUTHOR_DATE": "2026-01-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z"}

# Every setting that names a command which git runs in a repository.
COMMANDS = (
    *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "core.askPass"),
    *("core.alternateRefsCommand", "credential.helper", "diff.external", "diff.planted.command", "alias.ls-files"),
    *("diff.planted.textconv", "filter.planted.clean", "filter.planted.smudge", "filter.planted.process"),
    *("merge.planted.driver", "gpg.program", "gpg.ssh.program", "pager.log"),
    *("uploadpack.packObjectsHook", "interactive.diffFilter", "remote.origin.uploadpack", "sequence.editor"),
)
HOOKS = ("post-index-change", "reference-transaction", "post-checkout", "pre-commit", "fsmonitor-watchman")


class Scratch:
    """A repository in a folder."""

    def __init__(self, root: Path, *init: str) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *init)

    def git(self, *arguments: str | bytes, given: bytes = b"") -> str:
        """Run git in the repository and return what it prints."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        command = ["git", *arguments]
        environment = kept | WHO | QUIET | WHEN
        done = subprocess.run(command, cwd=self.root, env=environment, input=given, capture_output=True, check=False)
        assert not done.returncode, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="replace").strip()

    def write(self, path: str, text: str | bytes = "text\n") -> Path:
        """Write a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def commit(self, subject: str = "A change", **files: str) -> str:
        """Commit everything, and files of these names with the ending txt, and return the id."""
        for name, text in files.items():
            self.write(f"{name}.txt", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject)
        return self.git("rev-parse", "HEAD")

    def index(self, *paths: str | bytes, mode: str = "100644", text: bytes = b"text\n") -> None:
        """Put paths into the index, and nothing into the work tree."""
        key = self.git("hash-object", "-w", "--stdin", given=text).encode()
        names = (path if isinstance(path, bytes) else path.encode() for path in paths)
        lines = b"".join(mode.encode() + b" " + key + b"\t" + name + b"\0" for name in names)
        self.git("update-index", "-z", "--add", "--index-info", given=lines)


def plant(folder: Path, canary: Path) -> None:
    """Plant commands in a git directory, each of which would write a file into the folder `canary`."""
    canary.mkdir()

    def command(name: str) -> str:
        return f"touch {canary}/{name}; cat"

    def planted(names: tuple[str, ...]) -> str:
        return "".join(f'[{_heading(name)}]\n\t{name.split(".")[-1]} = "{command(name)}"\n' for name in names)

    included = folder / "included"
    included.write_text(planted(COMMANDS[::2]))
    attributes = folder / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("* filter=planted diff=planted merge=planted\n")
    with (folder / "config").open("a") as config:
        config.write(planted(COMMANDS) + f"[include]\n\tpath = {included}\n[core]\n\thooksPath = {folder}/hooks\n")
    for name in HOOKS:
        hook = folder / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{command('hook-' + name)}\n")
        hook.chmod(0o755)


def _heading(name: str) -> str:
    section, *middle, _ = name.split(".")
    return f'{section} "{middle[0]}"' if middle else section


def listing(root: Path) -> dict[str, tuple[int, int, int]]:
    """Return mode, size and time of change of everything in a folder, that of git too."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in [*folders, *files, "."]:
            path = Path(folder, name)
            status = path.lstat()
            found[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found


def contents(tree: Tree) -> dict[str, str]:
    """Read all entries: return the text of each, or why it cannot be read."""
    found = {}
    for entry in tree.entries():
        try:
            found[entry.path] = tree.read(entry).decode(errors="replace")
        except UnreadableFileError as reason:
            found[entry.path] = f"<{reason}>"
    return found


def look_at_all(tree: Tree) -> dict[str, str]:
    """Ask a tree for everything that it can tell, and return its contents."""
    for entry in tree.entries():
        if entry.kind is FileKind.FILE:
            try:
                tree.size(entry)
            except UnreadableFileError:
                continue
    try:
        tree.ignored([".env", "sub/.env", "node_modules/"])
        tree.tags()
        tree.commits(50)
    except RequirementMissingError:
        pass
    return contents(tree)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Expect what is done in the context to take less time."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds
