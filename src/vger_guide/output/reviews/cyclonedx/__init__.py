"""The parts of a CycloneDX document (https://cyclonedx.org/docs/1.6/json/) about a review.

`standard` has what is asked, `declarations` what was answered.
"""
