"""Opens what a user names: a checkout, a commit, a bare repository or a plain folder."""

from pathlib import Path

from vger_guide.repo.commit_tree import CommitTree
from vger_guide.repo.folder_tree import FolderTree
from vger_guide.repo.git import GitError
from vger_guide.repo.repository import GitDir, GitRepository, find_git_dir
from vger_guide.repo.tree import RequirementMissingError, Tree
from vger_guide.repo.work_tree import WorkTree


class RepositoryNotFoundError(Exception):
    """There is nothing to look at; the message says why."""


def open_tree(path: Path, ref: str | None = None, target: str | None = None) -> Tree:
    """Return the files at a path; with `ref` those of a commit, a branch or a tag. Raises RepositoryNotFoundError.

    A folder inside a checkout is a root of its own: its tracked files alone, with paths relative to it. One that the
    checkout tracks nothing of is a plain folder, as is one that is in no checkout. A bare repository stands for its
    HEAD. `target` is what a report calls it, if not by its path.
    """
    name = target or str(path)
    try:
        return _open(_folder(path), ref, name)
    except (GitError, RequirementMissingError) as error:
        raise RepositoryNotFoundError(f"{name}: {error}") from None
    except OSError as error:
        raise RepositoryNotFoundError(f"{name}: {error.strerror}") from None


def _folder(path: Path) -> Path:
    if not path.exists():
        raise RequirementMissingError("there is no such folder")
    if not path.is_dir():
        raise RequirementMissingError("this is a file; give the folder or repository that it is in")
    return path.resolve()


def _open(folder: Path, ref: str | None, target: str) -> Tree:
    place = find_git_dir(folder)
    if place is None:
        if ref is not None:
            raise RequirementMissingError(f"it is not a git repository, and has no '{ref}'")
        return FolderTree(folder, target)
    if place.root is None or ref is not None:
        return _open_commit(place, folder, ref, target)
    tree = WorkTree(GitRepository(place.folder), place.root, _base(place, folder), target)
    return tree if tree.entries() or folder == place.root else FolderTree(folder, target)


def _open_commit(place: GitDir, folder: Path, ref: str | None, target: str) -> Tree:
    repository = GitRepository(place.folder)
    commit = repository.commit("HEAD" if ref is None else ref)
    if not commit:
        raise RequirementMissingError("it has no commits" if ref is None else f"it has no commit '{ref}'")
    return CommitTree(repository, commit, _base(place, folder), target if ref is None else f"{target} at {ref}")


def _base(place: GitDir, folder: Path) -> str:
    """Return the path of a folder in its repository, with a slash at its end, or nothing for the root."""
    inside = folder.relative_to(place.root or folder).as_posix()
    return "" if inside == "." else f"{inside}/"
