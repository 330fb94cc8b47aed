"""JSONPath with filters, slices and functions, by python-jsonpath, within bounds and with RE2 for its patterns."""

from collections.abc import Iterator
from typing import Any

from jsonpath import JSONPathEnvironment
from jsonpath.exceptions import JSONPathError, JSONPathRecursionError
from jsonpath.function_extensions import ExpressionType, FilterFunction

from vger_guide.matchers.formats import MAX_DEPTH, MAX_VALUES, TOO_DEEP
from vger_guide.matchers.formats.scalars import Unknown, meaning
from vger_guide.matchers.jsonpath.nodes import Node
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.repo.tree import UnreadableFileError

TOO_OFTEN = f"repeats its parts to more than {MAX_VALUES:,} values"


class _Search(FilterFunction):
    """Tells whether a text holds a pattern, or has it as a whole."""

    arg_types = [ExpressionType.VALUE, ExpressionType.VALUE]  # noqa: RUF012 - as the library declares it
    return_type = ExpressionType.LOGICAL

    def __init__(self, environment: "_Environment", form: str) -> None:
        self._environment = environment
        self._form = form

    def __call__(self, value: object, pattern: object) -> bool:
        if isinstance(value, Unknown):
            return self._environment.assumed()
        if not isinstance(meaning(value), str) or not isinstance(value, str) or not isinstance(pattern, str):
            return False
        found = compile_pattern(self._form.format(pattern)).search(value.encode("utf-8", "replace"))
        return found is not None


class _Environment(JSONPathEnvironment):
    """Compares what is known; what is not is as it is assumed to be."""

    max_recursion_depth = MAX_DEPTH + 2

    def __init__(self) -> None:
        super().__init__(strict=True, filter_caching=False)
        self.is_met = False
        self.assumption = False

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        self.function_extensions["match"] = _Search(self, "^(?:{})$")
        self.function_extensions["search"] = _Search(self, "{}")

    def compare(self, left: object, operator: str, right: object) -> bool:
        if operator not in ("&&", "||") and (isinstance(left, Unknown) or isinstance(right, Unknown)):
            return self.assumed()
        return super().compare(meaning(left), operator, meaning(right))

    def assumed(self) -> bool:
        """Return what is assumed of a value that nobody knows."""
        self.is_met = True
        return self.assumption


class FilteredPath:
    """A path with filters, slices or functions."""

    def __init__(self, path: str) -> None:
        self._environment = _Environment()
        self._path = self._environment.compile(path)

    def follow(self, root: Any) -> Iterator[Node]:
        """Yield what is met in a document. Raises UnreadableFileError where that is too much."""
        if not isinstance(root, dict | list):
            return
        _require_bounded(root)
        self._environment.is_met = False
        met = self._met(root, assumption=False)
        otherwise = self._met(root, assumption=True) if self._environment.is_met else met
        for keys, value in {**met, **otherwise}.items():
            yield Node(keys, value, is_uncertain=(keys in met) != (keys in otherwise))

    def _met(self, root: Any, *, assumption: bool) -> dict[tuple[str | int, ...], Any]:
        self._environment.assumption = assumption
        try:
            return {match.parts: match.obj for match in self._path.finditer(root)}
        except JSONPathRecursionError:
            raise UnreadableFileError(TOO_DEEP) from None


def _require_bounded(root: Any) -> None:
    """Refuse data that repeat themselves, by aliases, to more than would be looked at."""
    pending, count = [root], 1
    while pending:
        value = pending.pop()
        count += len(value)
        if count > MAX_VALUES:
            raise UnreadableFileError(TOO_OFTEN)
        children = value.values() if isinstance(value, dict) else value
        pending += [child for child in children if isinstance(child, dict | list)]


def problem(path: str) -> str:
    """Return what is wrong with a path, in a line; nothing where it is one."""
    try:
        _Environment().compile(path)
    except JSONPathError as error:
        place = getattr(getattr(error, "token", None), "index", None)
        where = f" at character {place + 1}" if isinstance(place, int) else ""
        return str(error.args[0] if error.args else error).splitlines()[0] + where
    except RecursionError:
        return "it is nested too deep"
    return ""
