"""Results: who has spoken against the population, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import Message

Standing = Literal["fewer", "more", "no_clear_difference", "not_told"]


@dataclass(frozen=True, slots=True)
class GroupHeard:
    """A zone or an age group: how many contributions, against its share of the population.

    Attributes:
        group: id of the zone, or ages such as ``13-19``.
        spoken: contributions from residents there; ``None`` if hidden (1 to 4, or one that
            would tell such a number). 0 is shown: it is nobody.
        population: persons who live there, if known.
        population_share: their share of all groups' persons, 0-1.
        expected: contributions by that share, of those whose group is known.
        ratio: spoken / expected; 1 is as many as expected.
        ratio_lower: lower 95 % limit of the ratio (Clopper and Pearson's exact interval).
        ratio_upper: upper limit.
        p: two-sided exact binomial test against the share, adjusted for the number of groups
            by Holm.
        standing: what can be said: ``fewer`` or ``more`` than chance alone would give (p < 0.05),
            ``no_clear_difference``, or ``not_told`` (no population, or under 20 contributions).
    """

    group: str
    spoken: int | None
    population: float | None
    population_share: float | None
    expected: float | None
    ratio: float | None
    ratio_lower: float | None
    ratio_upper: float | None
    p: float | None
    standing: Standing

    @property
    def silent(self) -> bool:
        """Whether nobody has spoken from here."""
        return self.spoken == 0


@dataclass(frozen=True, slots=True)
class Heard:
    """A dimension: all groups, those nobody has spoken from first, then by ratio.

    Attributes:
        dimension: ``zone`` or ``age``.
        residents: contributions from residents.
        known: those whose group is known; ``None`` if it would tell a hidden number.
        unknown: those without a group; ``None`` like ``known``.
        groups: the groups.
        dissimilarity: half the sum of differences between shares of contributions and of the
            population, 0-1: the part that would have to come from other groups.
        dissimilarity_by_chance: its mean if people everywhere spoke equally often.
        p: exact multinomial test of all groups at once (drawn 20 000 times where there are too
            many outcomes to list).
        message: what can be said.
    """

    dimension: Literal["zone", "age"]
    residents: int
    known: int | None
    unknown: int | None
    groups: tuple[GroupHeard, ...]
    dissimilarity: float | None
    dissimilarity_by_chance: float | None
    p: float | None
    message: Message

    @property
    def silent(self) -> tuple[str, ...]:
        """Groups that nobody has spoken from."""
        return tuple(g.group for g in self.groups if g.silent)


@dataclass(frozen=True, slots=True)
class ChannelHeard:
    """A channel or kind of sender: contributions, and how many have a zone.

    Attributes:
        name: channel or sender type.
        contributions: all of it.
        share: of all contributions, 0-1.
        with_zone: those with a zone of the municipality; ``None`` if it is 1 to 4.
        silent_zones: number of zones nobody has spoken from this way.
    """

    name: str
    contributions: int
    share: float
    with_zone: int | None
    silent_zones: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who took part in an event, by municipality and role. Names are not held.

    Attributes:
        event: id of the report.
        title: its title.
        people: persons listed.
        municipalities: persons by municipality, most first; those of under five persons together
            as ``None``.
        roles: persons by role, likewise; ``None`` holds also those without a role.
        contributions: contributions from the event.
    """

    event: str
    title: str
    people: int
    municipalities: tuple[tuple[str | None, int], ...]
    roles: tuple[tuple[str | None, int], ...]
    contributions: int


@dataclass(frozen=True, slots=True)
class ConversationHeard:
    """An online conversation: persons who took part. Nothing is known of who they are.

    Attributes:
        id: its id.
        title: its title.
        people: persons who voted.
    """

    id: str
    title: str
    people: int


@dataclass(frozen=True, slots=True)
class Represented:
    """Who has spoken, against who lives here.

    Attributes:
        contributions: everything said; merged contributions count each.
        residents: contributions by residents, or where the kind of sender is not known.
        dimensions: zones, and age groups where these are known.
        channels: by channel.
        sender_types: by kind of sender.
        events: by event with a list of participants or contributions.
        conversations: online conversations.
        message: what can and cannot be said of representativeness.
    """

    contributions: int
    residents: int
    dimensions: tuple[Heard, ...]
    channels: tuple[ChannelHeard, ...]
    sender_types: tuple[ChannelHeard, ...]
    events: tuple[Attendance, ...]
    conversations: tuple[ConversationHeard, ...]
    message: Message
