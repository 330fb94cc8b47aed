"""The guide's sections: numbers, titles, and the pages they stand on."""

from functools import cached_property

from pydantic import Field

from vger_guide.records.fields import Address, Anchor, EditionId, Label, Page, Record, SectionNumber, Text


class Section(Record):
    """A numbered part of the guide."""

    number: SectionNumber
    title: Label
    page: Page = Field(description="The page below docs/ that the section stands on.")
    formerly: list[Anchor] = Field(
        default_factory=list,
        description="Anchors of this section in the source document; the contents page keeps them alive.",
    )

    @property
    def anchor(self) -> str:
        """The id of the section's heading: `s2-3-1` for 2.3.1."""
        return "s" + self.number.replace(".", "-")

    @property
    def depth(self) -> int:
        """1 for a chapter, 2 for 2.3, 3 for 2.3.1."""
        return self.number.count(".") + 1

    @property
    def chapter(self) -> str:
        """The number of the chapter that it is part of, its own where it is one."""
        return self.number.partition(".")[0]

    @property
    def heading(self) -> str:
        """Number and title as pages show them."""
        return f"{self.number} {self.title}"


class Guide(Record):
    """The whole work: what it is, and its sections in reading order."""

    title: Label
    source_edition: EditionId = Field(description="The edition that the guide was converted from.")
    written: Text = Field(description="When the source was written, in words.")
    site: Address = Field(description="Where the guide is published, with a slash at its end.")
    sections: list[Section] = Field(min_length=1)

    @cached_property
    def by_number(self) -> dict[str, Section]:
        """The sections by number."""
        return {section.number: section for section in self.sections}
