"""The setting of a simulated world: who behaves how, who watches, who answers when.

A setting is what a scenario states; whatever it leaves out holds these defaults. An
agreement and a seed add nothing of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pamiers.simulation.conduct import Conduct
from pamiers.simulation.manner import Manner
from pamiers.simulation.weather import Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How one means of the monitoring plan watches.

    With a reach it watches round posts: at the post it sees surely, at its reach with
    the stated detection, which falls to nothing within another reach. Without one it
    watches whole sectors with the stated detection.
    """

    detection: float | None = None  #: P(noticing a thing); None: the plan's
    up_share: float = 0.9  #: of its shifts that it works
    foul_factor: float = 0.4  #: on its detection in foul weather, when it is degraded
    reach_m: float | None = None
    posts: int = 4  #: a sector, where it has a reach
    place_error_m: float = 150.0  #: radius that holds a place 95 times in 100
    delay_h: float = 2.0  #: mean from seeing to reporting
    by_day_only: bool = False
    refusable: bool = True  #: a party can refuse it access


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How reports travel. `_share` are probabilities in [0, 1]."""

    late_share: float = 0.05  #: that come days after
    late_by_d: float = 2.0  #: mean of how late
    again_share: float = 0.05  #: sent twice
    withdrawn_share: float = 0.02  #: taken back some time after
    names_actor_share: float = 0.7  #: that say who did it
    vague_share: float = 0.15  #: that say only the family of what was seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Whether the monitors are there: suspended, evacuated, or back, counted from 0."""

    away_from_day: int | None = None  #: nobody watches from this day of the world on
    back_on_day: int | None = None  #: and somebody does again from this one

    def is_away(self, day: int) -> bool:
        """Tell whether nobody watches on a day."""
        gone, back = self.away_from_day, self.back_on_day
        return gone is not None and day >= gone and (back is None or day < back)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything a simulated world is made of, but its agreement and its seed."""

    title: str = ""
    start_at: datetime | None = None  #: None: when most of what can be broken is
    days: int = 7
    conduct: Mapping[str, Conduct] = field(default_factory=dict)  #: by party
    usual_conduct: Conduct = field(default_factory=Conduct)  #: of all others
    watching: Mapping[str, Watch] = field(default_factory=dict)  #: by means
    usual_watch: Watch = field(default_factory=Watch)
    weather: Weather = field(default_factory=Weather)
    telling: Telling = field(default_factory=Telling)
    presence: Presence = field(default_factory=Presence)
    manners: Mapping[str, Manner] = field(default_factory=dict)  #: by role or actor
    usual_manner: Manner = field(default_factory=Manner)
    shifts: int = 2  #: a day and sector, of each means
    judged_every_h: float = 6.0  #: how often what came in is judged
    fused: bool = True  #: False: reports that tell of one deed are one incident
    refusals_blind: bool = True  #: a refused shift is coverage denied

    def conduct_of(self, party: str) -> Conduct:
        """Return how a party behaves."""
        return self.conduct.get(party, self.usual_conduct)

    def watch_of(self, means: str) -> Watch:
        """Return how a means of the monitoring plan watches."""
        return self.watching.get(means, self.usual_watch)

    def manner_of(self, role: str) -> Manner:
        """Return how a role keeps its appointments."""
        return self.manners.get(role, self.usual_manner)


def all_seen(setting: Setting) -> Setting:
    """Return a setting in which everything is seen and told, and nothing but that.

    What is found in it has to equal the truth: no means sleeps or errs, and no party
    says anything for which nobody else stands.
    """
    perfect = Watch(
        detection=1.0,
        up_share=1.0,
        foul_factor=1.0,
        place_error_m=50.0,
        delay_h=0.0,
        refusable=False,
    )
    plain = Telling(
        late_share=0.0,
        again_share=0.0,
        withdrawn_share=0.0,
        names_actor_share=1.0,
        vague_share=0.0,
    )

    return replace(
        setting,
        conduct={name: _mute(one) for name, one in setting.conduct.items()},
        usual_conduct=_mute(setting.usual_conduct),
        fused=False,
        watching={},
        usual_watch=perfect,
        telling=plain,
        refusals_blind=False,
    )


def _mute(conduct: Conduct) -> Conduct:
    return replace(conduct, accuses_share=0.0, invents_per_day=0.0)
