"""Where the guide's pages are on the web: exports name them whole, because they are read away from the site."""

import posixpath


def page_url(site: str, place: str) -> str:
    """Return the address of a place such as `security/keys.md#s2-4-4`, or of a page.

    `site` is the address that the site is published at, with a slash at its end. A page is served as a folder:
    `a/b.md` as `a/b/`, and `a/index.md` as `a/`.
    """
    page, hash_, anchor = place.partition("#")
    stem = page.removesuffix(".md")
    folder = posixpath.dirname(stem) if posixpath.basename(stem) == "index" else stem
    return site + (f"{folder}/" if folder else "") + hash_ + anchor
