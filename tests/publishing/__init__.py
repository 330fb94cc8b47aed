"""The publishing of versions, tried for real in a scratch repository."""
