"""Grammars: programs and configuration read as syntax trees, by ast-grep, which builds in tree-sitter and its grammars.

Parsing hostile text may take long, or crash: `child` does it in a process that may end without taking the run along.
"""
