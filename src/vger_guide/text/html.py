"""A page of HTML in one file: it needs no script and no other file, and asks no host for anything."""

import base64
import hashlib
from html import escape

from vger_guide.text.sanitize import escape_invisible, split_code


def render_page(title: str, style: str, header: str, main: str) -> str:
    """Return a page of safe HTML, whose policy lets nothing in but the style (https://www.w3.org/TR/CSP3/)."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<header>{header}</header>\n<main>\n{main}</main>\n</body>\n</html>\n"
    )


def escape_line(text: str) -> str:
    """Return a text on one line as HTML."""
    return escape(escape_invisible(text))


def render_prose(text: str) -> str:
    """Return a text as HTML, with `code` between backticks as code."""
    parts = split_code(text)
    return "".join(
        f"<code>{escape_line(part)}</code>" if index % 2 else escape_line(part) for index, part in enumerate(parts)
    )
