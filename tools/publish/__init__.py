"""Publishes each branch of the guide as a version of the site, side by side on the branch gh-pages.

mike keeps the versions (https://github.com/jimporter/mike); the sites are our own strict builds, whole with their data.
"""
