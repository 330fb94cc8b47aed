"""The set-up, and the lock files that it installs."""
