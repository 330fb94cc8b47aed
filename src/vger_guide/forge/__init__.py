"""The service that hosts a repository, and its settings."""
