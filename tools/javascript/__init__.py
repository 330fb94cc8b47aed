"""Looks at the scripts and styles of the site by programs from npm: their style by Biome, their types by TypeScript.

    python -m tools.javascript [--write]

https://biomejs.dev and https://www.typescriptlang.org are locked in this folder, and installed into the user's cache.
"""
