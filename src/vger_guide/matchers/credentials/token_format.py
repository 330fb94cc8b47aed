"""The format of a kind of token: what it is made of, and what announces it."""

from dataclasses import dataclass

# What stands at most between a word that announces a token and the token.
BETWEEN_MOST = 60

Part = str | tuple[str, ...] | dict[str, tuple[int, int]]


@dataclass(frozen=True)
class TokenFormat:
    """A kind of token, as token_formats.py has it."""

    id: str
    what: str
    form: tuple[Part, ...]
    documented: str
    near: tuple[str, ...] = ()

    @property
    def keywords(self) -> tuple[bytes, ...]:
        """Strings one of which stands wherever such a token does, in small letters where it is announced by a word."""
        if self.near:
            return tuple(each.lower().encode() for each in self.near)
        literals = [[part] if isinstance(part, str) else part for part in self.form if not isinstance(part, dict)]
        return tuple(each.encode() for each in max(literals, key=lambda choices: min(map(len, choices))))

    @property
    def reach(self) -> int:
        """How many bytes a token and what announces it take at most."""
        return BETWEEN_MOST + max(map(len, self.near), default=0) + sum(map(_most, self.form))


def _most(part: Part) -> int:
    if isinstance(part, dict):
        return sum(most for _, most in part.values())
    return max(map(len, [part] if isinstance(part, str) else part))
