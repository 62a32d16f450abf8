"""An agreement as numbered plain prose, for people who do not read YAML.

Works on the agreement as written, blanks and rival claims included. Names, titles
and the instrument's own words are given in the language asked for where the file
has them, else in English; nothing is translated here.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pamiers.agreement.blank import BLANK, Blank, filled
from pamiers.agreement.check_clauses import matter, watchers
from pamiers.agreement.clause_grammar import EACH_PARTY
from pamiers.agreement.moment import At
from pamiers.agreement.phrases import PHRASES
from pamiers.agreement.reckoning import time_zone
from pamiers.agreement.written import (
    Arms,
    Cuts,
    Estimate,
    Instrument,
    Mandated,
    Matter,
    Option,
    Pledge,
    Procedure,
    Provision,
    Question,
    Role,
    Statement,
    Step,
    Watch,
    Within,
    Written,
)
from pamiers.core.errors import UnknownTermError

WIDTH = 80

Item = tuple[str, tuple[str, ...]]  #: a numbered sentence and those under it


def show(written: Written, language: str = "en") -> str:
    """Return an agreement as numbered prose, at most 80 columns wide.

    Args:
        written: The agreement, blanks allowed.
        language: `en` or `uk`.

    Returns:
        Text that ends with a line end.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    if language not in PHRASES:
        raise UnknownTermError(
            "language",
            expected=f"one of {', '.join(PHRASES)}",
            got=repr(language),
            remedy="Choose one of these.",
        )
    return "\n".join(_Prose(written, language).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Prose:
    written: Written
    language: str

    def say(self, key: str, **facts: object) -> str:
        """Return a phrase with its facts filled in."""
        return PHRASES[self.language][key].format(**facts)

    def words(self, value: object) -> str:
        """Return text by language, a name of the file, or the word for a blank."""
        if isinstance(value, Blank) or value is None or value in ("", {}):
            return self.say("blank")
        if isinstance(value, Mapping):
            first = next(iter(value.values()), self.say("blank"))
            return str(value.get(self.language, value.get("en", first))).strip()
        return str(value)

    def name(self, identifier: object) -> str:
        """Return the title of whatever an identifier names."""
        if identifier == EACH_PARTY:
            return self.say(EACH_PARTY)
        for section in (
            *(self.written.actors, self.written.roles, self.written.zones),
            *(self.written.lines, self.written.classes, self.written.monitoring),
            *(self.written.procedures, self.written.events),
        ):
            held = section.get(str(identifier))
            if held is not None and not isinstance(held, Blank):
                title = getattr(held, "name", None) or getattr(held, "title", held)
                return self.words(title or str(identifier))
        return self.words(identifier)

    def names(self, identifiers: Iterable[object]) -> str:
        """Return several names, joined."""
        found = [self.name(each) for each in identifiers]
        return ", ".join(found) if found else self.say("none")

    def moment(self, value: object) -> str:
        """Return a moment in the agreement's own zone, or as written."""
        if not isinstance(value, At):
            return self.words(value)
        return _local(value.instant, time_zone(self.written))

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole text."""
        yield from self._opening()
        number = 0
        for key, items in self._parts():
            if items:
                number += 1
                yield ""
                yield f"{number}. {self.say(key)}"
                yield from _numbered(number, items)
                if key == "instruments":
                    yield ""
                    yield from self._signatures()

    def _opening(self) -> Iterator[str]:
        heading = self.written.heading
        yield from textwrap.wrap(self.words(heading.title), WIDTH)
        yield ""
        said = [
            self.say("parties", parties=self.names(heading.parties)),
            self.say("frame", zone=heading.time_zone, cut_off=heading.cut_off),
        ]
        if isinstance(heading.mandate, Mandated) and heading.mandate.attribution:
            key = f"mandate.{heading.mandate.attribution}"
            said.append(self.say(key if key in PHRASES["en"] else "blank"))
        cuts = heading.thresholds
        if isinstance(cuts, Cuts):
            said.append(self.say("thresholds", breached=cuts.breached, kept=cuts.kept))
        yield from textwrap.wrap(" ".join(said), WIDTH)

    def _parts(self) -> Iterator[tuple[str, list[Item]]]:
        told = self.written
        yield "instruments", [self._instrument(each) for each in told.instruments]
        yield (
            "roles",
            [self._role(n, r) for n, r in told.roles.items() if isinstance(r, Role)],
        )
        yield (
            "pledges",
            [self._pledge(each) for each in told.pledges if isinstance(each, Pledge)],
        )
        yield (
            "statements",
            [self._statement(s) for s in told.statements if isinstance(s, Statement)],
        )
        yield (
            "classes",
            [self._class(n, c) for n, c in told.classes.items() if isinstance(c, Arms)],
        )
        yield "clauses", [self._clause(each) for each in told.clauses]
        yield (
            "monitoring",
            [self._means(n, m) for n, m in told.monitoring.items() if _is(m, Watch)],
        )
        yield (
            "procedures",
            [
                self._procedure(n, p)
                for n, p in told.procedures.items()
                if isinstance(p, Procedure)
            ],
        )

    def _instrument(self, each: Instrument) -> Item:
        known = not isinstance(each.status, Blank)
        status = self.say(f"status.{each.status}" if known else "blank")
        title = self.words(each.title)
        date = self.words(each.date)
        return self.say("instrument", title=title, date=date, status=status), ()

    def _signatures(self) -> Iterator[str]:
        """Yield the table of who signed what, according to whom."""
        yield f"   {self.say('signatures')}"
        heads = ("instrument", "actor", "act", "source")
        rows = [tuple(self.say(f"column.{head}") for head in heads)]
        rows += [
            (
                str(each.id),
                self.name(claim.actor),
                self._act(claim.act),
                self._speaker(claim.source),
            )
            for each in self.written.instruments
            for claim in each.signatures
        ]
        yield from _table(rows)

    def _act(self, act: object) -> str:
        return self.say("blank") if isinstance(act, Blank) else self.say(f"act.{act}")

    def _speaker(self, source: object) -> str:
        held = self.written.sources.get(str(source))
        return self.words(getattr(held, "speaker", source))

    def _role(self, name: str, role: Role) -> Item:
        said = self.say(
            "role",
            title=self.words(role.title or name),
            holders=self.names((*role.held_by, *role.members)),
            instrument=self.words(role.created_by),
        )
        under = [
            *(
                [self.say("role.tasks", tasks=self.names(role.tasks))]
                * bool(role.tasks)
            ),
            *self._rule(role),
            *(
                self.say(
                    "role.consent",
                    actor=self.name(each.actor),
                    act=each.act,
                    source=self._speaker(each.source),
                )
                for each in role.consents
            ),
        ]
        return said, tuple(under)

    def _rule(self, role: Role) -> Iterator[str]:
        if role.tasks:
            yield self.say("role.tasks", tasks=self.names(role.tasks))
        if role.decides_by:
            yield self.say("role.rule", rule=self.words(role.decides_by))

    def _pledge(self, each: Pledge) -> Item:
        said = self.say(
            "pledge",
            by=self.name(each.by),
            of=self.names(each.of),
            up_to=self.say("pledge.up_to", amount=self.words(each.up_to))
            if each.up_to
            else "",
            excludes=self.say("pledge.excludes", what=self.names(each.excludes))
            if each.excludes
            else "",
            source=self._speaker(each.source),
        )
        return said, ()

    def _statement(self, each: Statement) -> Item:
        said = self.say(
            "statement",
            speaker=self.words(each.speaker),
            says=self.words(each.says),
            source=self._speaker(each.source),
        )
        return said, ()

    def _class(self, name: str, each: Arms) -> Item:
        criteria = [
            *filled(each.kind),
            *([str(each.calibre)] if each.calibre else []),
            *([self.say("class.range", bounds=each.range)] if each.range else []),
            *filled(each.systems),
            *(self.name(other) for other in filled(each.any_of)),
        ]
        if each.except_systems:
            systems = ", ".join(filled(each.except_systems))
            criteria.append(self.say("class.except", systems=systems))
        title = self.words(each.title or name)
        return self.say("class", title=title, criteria=", ".join(criteria)), ()

    def _clause(self, clause: Provision) -> Item:
        found = matter(clause)
        verb = "oblige" if clause.oblige is not None else "forbid"
        said = self.say(
            f"clause.{verb}",
            bearer=self.names(clause.bearer),
            matter=self._matter(found),
            where=self._where(found),
            from_=self.moment(clause.from_),
            until=self.say("until", moment=self.moment(clause.until))
            if clause.until
            else "",
        )
        label = f"[{clause.id}] {self.words(clause.title)}. " if clause.title else ""
        return label + said, tuple(self._under(clause, found))

    def _under(self, clause: Provision, found: Matter | None) -> Iterator[str]:
        if clause.text:
            cited = self.say("cite", cite=self.words(clause.cite))
            yield f"\u201c{self.words(clause.text)}\u201d {cited}"
        if clause.deadline:
            yield self.say("deadline", moment=self.moment(clause.deadline))
        if clause.upon:
            yield self.say("upon", clauses=", ".join(filled(clause.upon)))
        if found is not None and found.to:
            yield self.say("to", who=self.names(found.to))
        for each in clause.unless:
            yield self.say("unless", text=self.words(each.text or each.id))
        yield from self._questions(clause)
        yield self._watched(clause)
        followed = clause.on_breach
        yield (
            self.say("on_breach", procedure=self.name(followed))
            if followed
            else self.say("no_procedure")
        )

    def _questions(self, clause: Provision) -> Iterator[str]:
        for each in clause.readings:
            if isinstance(each, Question):
                yield self.say("question", question=self.words(each.question))
                for name, option in each.options.items():
                    says = option.says if isinstance(option, Option) else BLANK
                    yield "- " + self.say("option", name=name, says=self.words(says))

    def _watched(self, clause: Provision) -> str:
        means = watchers(self.written, clause)
        if not means:
            return self.say("unwatched")
        return self.say("watched", means=self.names(means))

    def _matter(self, found: Matter | None) -> str:
        if found is None:
            return self.say("blank")
        classes = self.names(found.of) if found.of else self.say("matter.any")
        if found.state in {"presence", "absence"}:
            return self.say(f"matter.{found.state}", classes=classes)
        events = ", ".join(self.name(each).replace("_", " ") for each in found.event)
        if found.of:
            return self.say("matter.of", events=events, classes=classes)
        return events or self.say("blank")

    def _where(self, found: Matter | None) -> str:
        if found is None:
            return ""
        if isinstance(found.within, Within):
            of = found.within.of
            lines = dict.fromkeys(of.values()) if isinstance(of, Mapping) else [of]
            distance = found.within.distance or self.say("where.reading")
            said = "; ".join(self.name(each) for each in lines)
            return self.say("where.line", distance=distance, line=said)
        if found.in_:
            return self.say("where.zones", zones=self.names(found.in_))
        return ""

    def _means(self, name: str, each: object) -> Item:
        if not isinstance(each, Watch):
            return name, ()
        detection = self.say("detection.none")
        if isinstance(each.detection, Estimate):
            stated = each.detection
            detection = self.say(
                "detection",
                p=stated.probability,
                author=self.words(stated.author),
                on=self.words(stated.on),
            )
        title = self.words(each.title or name)
        by = self.name(each.by)
        return self.say("means", title=title, by=by, detection=detection), ()

    def _procedure(self, name: str, each: Procedure) -> Item:
        title = self.words(each.title or name)
        return f"{title}.", tuple(self._step(step) for step in each.steps)

    def _step(self, step: Step) -> str:
        within = step.within
        return self.say(
            "step",
            who=self.names(step.by),
            do=self.words(step.do),
            within=self.say("step.within", within=within) if within else "",
            when=self.say("step.when", when=self.words(step.when)) if step.when else "",
        )


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind)


def _local(instant: datetime, zone_name: str) -> str:
    local = instant.astimezone(ZoneInfo(zone_name))
    return f"{local:%Y-%m-%d %H:%M} ({zone_name})"


def _numbered(number: int, items: list[Item]) -> Iterator[str]:
    for index, (said, under) in enumerate(items, start=1):
        label = f"{number}.{index} "
        yield from textwrap.wrap(
            said,
            WIDTH,
            initial_indent=f"  {label}",
            subsequent_indent=" " * (2 + len(label)),
        )
        for line in under:
            indent = " " * (2 + len(label))
            yield from textwrap.wrap(
                line, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  "
            )


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows in columns of equal width, long cells wrapped."""
    widths = (16, 20, 14, 20)
    for index, row in enumerate(rows):
        cells = [
            textwrap.wrap(cell, width) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        for depth in range(max(len(cell) for cell in cells)):
            texts = [cell[depth] if depth < len(cell) else "" for cell in cells]
            padded = (t.ljust(w) for t, w in zip(texts, widths, strict=True))
            yield f"   {'  '.join(padded)}".rstrip()
        if index == 0:
            yield "   " + "  ".join("-" * width for width in widths)
