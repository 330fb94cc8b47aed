"""The languages whose grammars are built into ast-grep, and the names of their files."""

from enum import StrEnum


class Language(StrEnum):
    """A language of programs, by the name that ast-grep has for it."""

    BASH = "bash"
    C = "c"
    CPP = "cpp"
    CSHARP = "csharp"
    DART = "dart"
    ELIXIR = "elixir"
    GO = "go"
    HASKELL = "haskell"
    HCL = "hcl"
    HTML = "html"
    JAVA = "java"
    JAVASCRIPT = "javascript"
    KOTLIN = "kotlin"
    LUA = "lua"
    PHP = "php"
    PYTHON = "python"
    RUBY = "ruby"
    RUST = "rust"
    SCALA = "scala"
    SWIFT = "swift"
    TSX = "tsx"
    TYPESCRIPT = "typescript"


ENDINGS = {
    Language.BASH: ("sh", "bash"),
    Language.C: ("c", "h"),
    Language.CPP: ("cc", "cpp", "cxx", "hh", "hpp"),
    Language.CSHARP: ("cs",),
    Language.DART: ("dart",),
    Language.ELIXIR: ("ex", "exs"),
    Language.GO: ("go",),
    Language.HASKELL: ("hs",),
    Language.HCL: ("hcl", "tf", "tofu"),
    Language.HTML: ("html", "htm"),
    Language.JAVA: ("java",),
    Language.JAVASCRIPT: ("js", "cjs", "mjs", "jsx"),
    Language.KOTLIN: ("kt", "kts"),
    Language.LUA: ("lua",),
    Language.PHP: ("php",),
    Language.PYTHON: ("py", "pyi"),
    Language.RUBY: ("rb", "ru", "gemspec"),
    Language.RUST: ("rs",),
    Language.SCALA: ("scala", "sc", "sbt"),
    Language.SWIFT: ("swift",),
    Language.TSX: ("tsx",),
    Language.TYPESCRIPT: ("ts", "cts", "mts"),
}


def globs(language: str) -> list[str]:
    """Return the globs of the files that are written in a language."""
    return [f"**/*.{ending}" for ending in ENDINGS[Language(language)]]
