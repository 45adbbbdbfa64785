"""The lists of people of a report, as they are read."""

from __future__ import annotations

from dataclasses import replace

from jevn.participation.opening.lines import Line
from jevn.participation.report import people, words
from jevn.participation.report.attending import Attending, by_place
from jevn.participation.report.blocks import Block
from jevn.participation.results import Doubt, Participant


class Attendance:
    """Keeps the place in the lists of people, and whom they name."""

    def __init__(self) -> None:
        """Begin with no heading and no one named."""
        self.heading: str | None = None
        self.level = 0
        self.role: str | None = None
        self.municipality: str | None = None
        self.doubts: list[Doubt] = []
        self._found: list[people.Listed] = []
        self._municipalities: list[str] = []

    def open(self, block: Block) -> None:
        """Begin a new list of people."""
        text = _bare(block.text)
        self.heading, self.level = text, block.lines[0].level
        self.role = None if words.is_general(text) else text
        self.municipality = None

    def head(self, text: str) -> None:
        """A heading inside the list: a role, or else a municipality."""
        text = _bare(text)
        if words.is_general(text):
            self.role, self.municipality = None, None
        elif words.is_people(text) or words.is_role(text):
            self.role, self.municipality = text, None
        else:
            self.municipality = people.municipality_name(text)
            if self.municipality not in self._municipalities:
                self._municipalities.append(self.municipality)

    def read(self, block: Block, after: Block | None) -> None:
        """Lines with names; a short line above names may be a heading."""
        if block.kind == "item":
            self._name(block.lines[0], block.text)
            return
        lines = [(line, by_place(line.text)) for line in block.lines]
        if any(said for _, said in lines):
            for line, said in lines:
                self._by_place(line, said)
            return
        for place, line in enumerate(block.lines):
            rest = block.lines[place + 1 :]
            if not rest and after is not None and after.kind != "heading":
                rest = after.lines
            if place == 0 and self._heads(block, rest, after):
                self.head(line.text)
            else:
                self._name(line, line.text)

    def _by_place(self, line: Line, said: tuple[Attending, ...]) -> None:
        if not said:
            self._name(line, line.text)
            return
        own = (replace(p, role=self.role, heading=self.heading) for s in said for p in s.people)
        self.sentences(line, tuple(replace(sentence, people=()) for sentence in said))
        self._found.extend(own)

    def row(self, cells: tuple[str, ...], heading: str | None) -> None:
        """A row of a table of people: name, role, municipality."""
        name, role, home = cells
        above = None if role else self.role
        entry = people.Entry(name, None, role or None)
        home = people.municipality_name(home) if home else self.municipality or ""
        self._found.append(people.Listed(entry, above, home or None, heading or self.heading))

    def sentences(self, line: Line, said: tuple[Attending, ...]) -> None:
        """People named in running text; those who did not come are said to be left out."""
        for sentence in said:
            if sentence.home and sentence.home not in self._municipalities:
                self._municipalities.append(sentence.home)
            if sentence.absent:
                self.doubts.append(Doubt(line.number, line.text, "absent"))
            self.doubts += [Doubt(line.number, text, "not_a_person") for text in sentence.unread]
            for person in sentence.people:
                self._add(person)

    def _add(self, person: people.Listed) -> None:
        """Keep a person; one named before, now with an office (*Referent: …*), gets it."""
        for i, known in enumerate(self._found):
            same = known.entry.name == person.entry.name and person.role and not known.role
            if same and known.running and known.heading != person.heading:
                self._found[i] = replace(known, role=person.role)
                return
        self._found.append(person)

    def participants(self) -> tuple[Participant, ...]:
        """Everyone named, in the report's order."""
        known = [*self._municipalities, *people.places_in(self._found, self._municipalities)]
        return tuple(people.participant(listed, known) for listed in self._found)

    def _heads(self, block: Block, rest: tuple[Line, ...], after: Block | None) -> bool:
        """Whether a text block's first line is a heading over the names below it."""
        line = block.lines[0]
        names_below = any(people.entries_of(below.text) for below in rest[:2])
        if len(line.text) > 60 or not names_below:
            return False
        if line.text.endswith(":") or not people.entries_of(line.text):
            return True
        apart = len(block.lines) == 1 and block.alone
        over_run = after is not None and after.kind == "text" and len(after.lines) > 1
        if apart and over_run:
            self.doubts.append(Doubt(line.number, line.text, "perhaps_name"))
            return True
        return False

    def _name(self, line: Line, text: str) -> None:
        entries = people.entries_of(text)
        if not entries:
            self.doubts.append(Doubt(line.number, text, "not_a_person"))
        self._found.extend(
            people.Listed(entry, self.role, self.municipality, self.heading) for entry in entries
        )


def _bare(text: str) -> str:
    return text.rstrip(":").strip()
