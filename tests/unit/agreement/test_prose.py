"""Agreements told in words."""

import datetime as dt
import re

import pytest

from pamiers.agreement import check, read, show
from pamiers.agreement.prose.conditions import tell_condition
from pamiers.agreement.prose.plural import category
from pamiers.agreement.prose.telling import teller
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.values.expression import parse_expression
from pamiers.agreement.values.moment import parse_moment
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.values.weapon import parse_bounds
from pamiers.core.errors import UnknownTermError
from tests.unit.agreement.everything import (
    VERBATIM,
    changed,
    everything,
    ids,
    leaves,
    written,
)
from tests.unit.agreement.small import checked


def told(language: str = "en", *changes: tuple[str, str]) -> str:
    found = checked(*changes).written
    assert found is not None
    return show(found, language)


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def clause(verb: str, language: str = "en", more: str = "") -> str:
    """Return the sentence of the small agreement's clause with another verb."""
    text = told(language, ("forbid: {event: fire, in: strip}", f"{verb}{more}"))
    return flat(text).partition("[quiet] ")[2].partition(" “")[0]


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_nothing_that_is_written_is_left_out(language: str) -> None:
    text = flat(show(written(everything()), language))
    numbered = [n for _, form, n in leaves() if isinstance(form, VERBATIM)]
    assert len(numbered) > 200
    assert [n for n in numbered if f"zq{n}" not in text] == []
    assert [key for key in ids(everything()) if key not in text] == []
    assert "('" not in text
    assert ",," not in text


def test_whatever_is_changed_changes_the_prose() -> None:
    before = show(written(everything()))
    same = [
        path
        for path, form, n in leaves()
        if show(written(changed(path, form, n))) == before
    ]
    assert same == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "22:00 to 06:00 and 12:00 to 24:00, begun on these days of the week",
        ),
        ("uk", "Лише в такі години за місцевим часом: від 22:00 до 06:00"),
        ("fr", "heure locale : de 22:00 à 06:00"),
    ],
)
def test_hours_of_the_day_are_told(language: str, said: str) -> None:
    hours = "    hours: [22:00-06:00, 12:00-24:00]\n    days: friday\n"
    text = told(language, ("    title: Quiet\n", f"    title: Quiet\n{hours}"))
    assert said in flat(text)


def test_unknown_keys_are_told_too() -> None:
    text = told("en", ("    title: Quiet", "    title: Quiet\n    colour: blue"))
    assert "Not known to this version of the language, kept: colour: blue" in flat(text)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("forbid: {event: fire, in: strip}", "shall refrain from fire in The strip"),
        ("forbid: {event: fire, by: club}", "shall prevent fire by Club"),
        ("forbid: {state: presence, of: big}", "shall keep no big guns"),
        ("forbid: {state: absence, of: big}", "not let there be the absence of big"),
        ("oblige: {event: exercise, to: club}", "shall effect exercise to Club"),
        ("oblige: {event: [exercise, flight]}", "effect exercise or flight of air"),
        ("oblige: {state: absence, of: big}", "shall have no big guns left"),
        ("at_most: {n: 75, of: big}", "shall at no time have more than 75 big guns"),
        ("at_most: {n: 6000 persons}", "at no time have more than 6,000 persons"),
        (
            "at_most: {n: 2, event: exercise, per: calendar month}",
            "shall make no more than 2 events of exercise in each calendar month",
        ),
        ("at_least: {n: 1 persons}", "shall at all times have at least 1 person"),
        (
            "ratio: {of: {event: exercise}, to: {event: flight}, at_most: 3}",
            "no more than 3 of exercise for each one of flight of aircraft",
        ),
        (
            "notify: {event: exercise, before: 42 d, to: club}",
            "shall announce exercise to Club of Friends at least 42 days beforehand",
        ),
        ("maintain: {state: absence, of: big}", "shall at no time have big guns"),
        (
            "every: {event: exercise, period: 15 d}",
            "shall effect exercise at least once in any 15 days",
        ),
        (
            "every: {event: [exercise, flight], period: 15 d}",
            "shall effect exercise or flight of aircraft at least once in any 15 days",
        ),
        ("formula: ONCE event(fire)", "formula of temporal logic has to hold, from D"),
    ],
)
def test_each_verb_has_its_sentence(verb: str, said: str) -> None:
    assert said in clause(verb)


@pytest.mark.parametrize("language", ["uk", "fr"])
def test_each_verb_has_its_sentence_in_other_languages(language: str) -> None:
    said = [
        clause("at_most: {n: 75, of: big}", language),
        clause("every: {event: exercise, period: 15 d}", language),
        clause("forbid: {state: presence, of: big}", language),
    ]
    expected = {
        "uk": (
            "заборонено будь-коли перевищувати таку межу: 75 одиниць (big guns [en])",
            "навчання щонайменше один раз за будь-який проміжок тривалістю 15 днів",
            "Кожній стороні заборонено тримати: big guns [en], від D",
        ),
        "fr": (
            "de dépasser, à quelque moment que ce soit, ce plafond : 75 unités (big",
            "exercice, au moins une fois sur toute période de 15 jours",
            "Il est interdit à chaque partie d’avoir ce qui suit : big guns [en]",
        ),
    }
    for found, part in zip(said, expected[language], strict=True):
        assert part in found


#: what a bound says in words, in each language
FORBIDDEN = ("shall", "interdit", "заборонено")
OWED = ("shall", "incombe", "належить")
EXERCISES = "{event: exercise, n: 2, per: calendar month}"
RATIO = "{of: {event: exercise}, to: {event: flight}"


@pytest.mark.parametrize(
    ("verb", "bound"),
    [
        ("forbid: {event: fire}", FORBIDDEN),
        ("forbid: {event: fire, by: club}", OWED),
        ("forbid: {state: presence, of: big}", FORBIDDEN),
        ("maintain: {state: absence, of: big}", FORBIDDEN),
        ("at_most: {n: 75, of: big}", FORBIDDEN),
        ("at_most: {n: 75, of: big, per: calendar day}", FORBIDDEN),
        (f"at_most: {EXERCISES}", FORBIDDEN),
        ("at_most: TBD", FORBIDDEN),
        ("at_least: {n: 75, of: big}", OWED),
        (f"at_least: {EXERCISES}", OWED),
        (f"ratio: {RATIO}, at_most: 1}}", OWED),
        (f"ratio: {RATIO}, at_least: 1}}", OWED),
        ("ratio: TBD", OWED),
        ("oblige: {event: exercise}", OWED),
        ("notify: {event: exercise, before: 42 d}", OWED),
        ("maintain: {state: presence, of: big}", OWED),
        ("every: {event: exercise, period: 15 d}", OWED),
        ("formula: ONCE event(fire)", OWED),
    ],
)
def test_no_language_turns_a_bound_into_a_permission(
    verb: str, bound: tuple[str, str, str]
) -> None:
    for language, word in zip(("fr", "uk"), bound[1:], strict=True):
        said = clause(verb, language).partition(".")[2].partition(" Commitments")[0]
        sentence = said.partition(", ")[0]
        assert word in sentence, (language, sentence)
        assert not any(may in sentence for may in ("permis", "peut", "дозволено"))


@pytest.mark.parametrize(
    ("language", "party", "other"),
    [
        ("fr", "à la partie « Northland »", "à l’acteur « Club of Friends"),
        ("uk", "Стороні «Northland [en]»", "Учаснику «Club of Friends [en]»"),
    ],
)
def test_only_parties_are_called_parties(language: str, party: str, other: str) -> None:
    bound = [
        told(language, ("bearer: each party", f"bearer: {who}"))
        for who in ("north", "club")
    ]
    assert party.replace("« Northland »", "« Northland") in flat(bound[0])
    assert other in flat(bound[1])
    assert party not in flat(bound[1])


@pytest.mark.parametrize(
    ("n", "genitive", "accusative"),
    [
        (1, "1 морської милі", "1 морську милю"),
        (2, "2 морських миль", "2 морські милі"),
        (5, "5 морських миль", "5 морських миль"),
        (21, "21 морської милі", "21 морську милю"),
        (1.5, "1,5 морської милі", "1,5 морської милі"),
    ],
)
def test_ukrainian_figures_stand_in_the_case_of_their_preposition(
    n: float, genitive: str, accusative: str
) -> None:
    tell = teller(written(everything()), "uk")
    length = tell.amount(Quantity(n, "nmi"))
    assert tell.say("drawn.tolerance", tolerance=length) == (
        f"Похибка креслення: до {genitive}."
    )
    assert tell.say("per.sliding", time=length).endswith(f"тривалістю {accusative}")


def test_french_sets_its_spaces_wherever_parts_are_joined() -> None:
    text = flat(show(written(everything()), "fr"))
    assert re.findall(r"\w[^\s:/]*[;:] ", text) == []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            "calibre >= 100 mm and (kind in [gun, howitzer] or unit > battalion)",
            (
                "the calibre is at least 100 mm and (the kind is gun or howitzer or "
                "the size of the unit is above battalion)"
            ),
        ),
        ("not (armed == yes)", "not (armed)"),
        ("armed == no or count != 3", "not armed or the number is not 3"),
        ("altitude < 1.5 km", "the altitude is below 1.5 km"),
    ],
)
def test_conditions_are_put_into_words(condition: str, said: str) -> None:
    tell = teller(written(everything()), "en")
    assert tell_condition(tell, parse_expression(condition)) == said


def test_figures_are_written_as_people_write_them() -> None:
    said = {
        language: [
            teller(written(everything()), language).amount(Quantity(n, unit))
            for n, unit in ((1, "d"), (2, "d"), (5, "h"), (6000, "persons"), (1.5, "h"))
        ]
        for language in TONGUES
    }
    assert said["en"] == ["1 day", "2 days", "5 hours", "6,000 persons", "1.5 hours"]
    assert said["uk"] == [
        *("1 день", "2 дні", "5 годин", "6\u00a0000 осіб", "1,5 години")
    ]
    assert said["fr"] == [
        *("1 jour", "2 jours", "5 heures", "6\u00a0000 personnes", "1,5 heure")
    ]


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        (0, ("other", "many", "one")),
        (1, ("one", "one", "one")),
        (1.5, ("other", "other", "one")),
        (3, ("other", "few", "other")),
        (11, ("other", "many", "other")),
        (13, ("other", "many", "other")),
        (21, ("other", "one", "other")),
        (112, ("other", "many", "other")),
        (1_000_000, ("other", "many", "many")),
    ],
)
def test_plurals_are_those_of_cldr(number: float, forms: tuple[str, ...]) -> None:
    assert tuple(category(code, number) for code in ("en", "uk", "fr")) == forms


def test_moments_are_told_in_the_zone_of_the_agreement() -> None:
    text = "[quiet] Quiet. Each party shall refrain from fire in The strip, from D"
    assert f"{text} (1 March 2026, 00:00)." in flat(told())
    assert "від D (00:00 1 березня 2026 року)" in flat(told("uk"))
    assert "à compter de D (1er mars 2026 à 0 h 00)" in flat(told("fr"))


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-03-31T22:30+00:00", "1 April 2026, 01:30"),
        ("end of 2026-03-31", "the end of 31 March 2026"),
        ("day after D", "the day after D (2 March 2026, 00:00)"),
        (
            "end of D + 1 d",
            "the end of the day on which D + 1 day falls (2 March 2026, 24:00)",
        ),
        ("D + 3 mo", "D + 3 months (1 June 2026, 00:00)"),
        ("D - 5 d working", "D − 5 days, working days only (23 February 2026, 00:00)"),
        ("W + 1 d", "W + 1 day (not yet known)"),
    ],
)
def test_every_form_of_moment_is_told(moment: str, said: str) -> None:
    small = checked().written
    assert small is not None
    zone = "Europe/Kyiv"
    assert teller(small, "en").moment(parse_moment(moment, zone)) == said


def test_a_time_that_ends_at_midnight_ends_the_day_before() -> None:
    small = checked().written
    assert small is not None
    closing = parse_moment("D + 30 d", "Europe/Kyiv")
    speaker = teller(small, "en")
    assert speaker.moment(closing, case="by").endswith("(30 March 2026, 24:00)")
    assert speaker.moment(closing, case="from").endswith("(31 March 2026, 00:00)")
    noon = parse_moment("D + 12 h elapsed", "Europe/Kyiv")
    assert speaker.moment(noon, case="by").endswith("(1 March 2026, 12:00)")


def test_times_that_wait_are_told_as_foreseen_or_at_the_latest() -> None:
    waits = "  W: {event: exercise, latest: D + 9 d}\n"
    planned = "  E: {event: exercise, expected: 2026-04-01T12:00+03:00}\n"
    anchors = ("anchors:\n", f"anchors:\n{waits}{planned}")
    wait = told("en", anchors, ("from: D + 14 d", "from: W + 1 d"))
    assert "from W + 1 day (at the latest 11 March 2026, 00:00)" in flat(wait)
    plan = told("en", anchors, ("from: D + 14 d", "from: E + 1 d"))
    assert "from E + 1 day (foreseen for 2 April 2026, 12:00)" in flat(plan)


def test_bounds_and_dates_are_told() -> None:
    tell = teller(written(everything()), "en")
    assert tell.bounds(parse_bounds("> 60, <= 120 mm", ("mm",))) == (
        "above 60 mm and up to 120 mm"
    )
    assert tell.bounds(parse_bounds("= 122 mm", ("mm",))) == "of exactly 122 mm"
    assert tell.date(dt.date(2005, 8, 15)) == "15 August 2005"


def test_the_table_says_who_signed_according_to_whom() -> None:
    text = told()
    assert "Who signed what, according to whom" in text
    assert "truce            Northland          signed             The Gazette" in text


def test_rival_claims_stand_side_by_side() -> None:
    rival = (
        "{actor: club, act: signed, source: gazette}",
        (
            "{actor: club, act: not signed, source: herald}\n"
            "      - {actor: club, act: signed, source: gazette}"
        ),
    )
    found = told("en", rival).partition("Who signed what")[2].splitlines()
    rows = [line.split() for line in found if "Club" in line]
    assert [row[4:] for row in rows[:2]] == [
        ["did", "not", "sign", "The", "Herald"],
        ["signed", "The", "Gazette"],
    ]


@pytest.mark.parametrize(
    ("language", "tasks"),
    [
        ("en", "Its tasks: observe, verify, decide, settle disputes, sweep roads."),
        ("fr", "observer, vérifier, décider, régler les différends, sweep roads [en]."),
        (
            "uk",
            (
                "спостерігати, перевіряти, вирішувати, врегульовувати спори, "
                "sweep roads [en]."
            ),
        ),
    ],
)
def test_tasks_are_told_alike_as_things_to_do(language: str, tasks: str) -> None:
    given = "tasks: [observe, verify, decide, settle disputes, sweep roads]"
    assert tasks in flat(told(language, ("tasks: [observe]", given)))


def test_a_text_given_once_says_in_which_language_it_is() -> None:
    note = ("    title: Quiet\n", "    title: Quiet\n    note: NOTE\n")
    for text, said in (
        ("no day is set", "no day is set [en]"),
        ("дня не встановлено", "дня не встановлено"),
        ("75", "75"),
    ):
        given = (note[0], note[1].replace("NOTE", text))
        assert f"Примітка: {said} " in f"{flat(told('uk', given))} "
        assert f"Note: {text} " in f"{flat(told('en', given))} "


def test_an_attribute_of_its_own_is_quoted_where_it_is_asked_for() -> None:
    own = ("events:\n", "attributes:\n  to: {en: where one is going}\nevents:\n")
    text = flat(told("en", own, ("in: strip}", "in: strip, where: to == base}")))
    assert "(only where “where one is going” is base)" in text


def test_a_title_that_is_not_translated_says_in_which_language_it_is() -> None:
    text = told("uk")
    assert text.startswith("Мале перемирʼя\n")
    assert "Кожній стороні заборонено: вогонь у зоні «The strip [en]»" in flat(text)


def test_an_id_in_two_sections_means_what_its_place_asks_for() -> None:
    twin = ("  - id: quiet\n", "  - id: fire\n")
    assert "[fire] Quiet. Each party shall refrain from fire in" in flat(
        told("en", twin)
    )


def test_what_has_no_name_stands_under_its_id() -> None:
    assert "shall refrain from `unheard-of` in" in clause(
        "forbid: {event: unheard-of, in: strip}"
    )


def test_blanks_are_said_and_nothing_is_wider_than_a_page() -> None:
    text = told("en", ("in: strip", "in: TBD"), ('cut_off: "19:30"', "cut_off: TBD"))
    assert "the reporting day ends at [to be agreed]" in flat(text)
    assert max(map(len, text.splitlines())) <= 80


def test_without_clauses_the_commitments_are_said_to_be_open() -> None:
    found = check(read({"agreement.yaml": "pamiers: 1\nagreement: TBD\n"})).written
    assert found is not None
    assert "Commitments\n  1.1 [to be agreed]" in show(found)


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownTermError):
        told("tlh")
