"""Pages of the stress test and of the plan of posts, as each circle is given them."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import orjson
import pytest

from pamiers.agreement import read
from pamiers.app import weighing
from pamiers.app.agreement_files import agreement_folder, agreement_texts
from pamiers.app.api.reader import Reader as Asker
from pamiers.app.begin import begin_mission
from pamiers.app.deploy_values import given, plan_of
from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import Reader, reader_of
from pamiers.app.pages.words import LANGUAGES
from pamiers.app.stress_report import names_in
from pamiers.app.stress_values import assumed
from pamiers.app.stress_values import tested as put_to_test
from pamiers.app.wiring import opened
from pamiers.core.errors import UnknownTermError
from pamiers.core.sharing import Sharing
from pamiers.deployment.words import SENTENCES as PLAN_SENTENCES
from pamiers.deterrence.words import SENTENCES
from pamiers.mission.access.permissions import READ, ROLES, decide
from pamiers.mission.bundle.secrecy import sharing_in
from pamiers.render.remarks import french, latvian
from pamiers.render.stress.plain import plain_page
from pamiers.render.stress.words import LABELS
from pamiers.report.stress import StressReport, compose_stress

CASE = "paris-2026-illustrative"
NOW = datetime(2026, 8, 10, tzinfo=UTC)
DRAWS = 300
#: sites and roads are called so in a mission whose pages are searched for them
CANARY = re.compile(rb"canary[a-z-]*\d*")
PEACE = re.compile(
    "probability of (peace|war)|мовірність миру|probabilité de (la )?paix",
    re.IGNORECASE,
)


def planted(folder: Path) -> Path:
    """Return the illustrated agreement with sites and roads whose names are planted."""
    shutil.copytree(str(agreement_folder(CASE)), folder)
    file = folder / "deployment.yaml"
    text = re.sub(r"\{id: ([we])-(\d+)", r"{id: canary-\1\2", file.read_text())
    for road in ("west", "north", "south"):
        text = text.replace(f"{road}-road", f"canary-{road}")
    file.write_text(text.replace("the road in from", "canaryroad from"))
    return folder


@dataclass(frozen=True, kw_only=True)
class Held:
    """A mission, and its readers by edition."""

    folder: Path
    public: Reader
    parties: Reader
    monitors: Reader
    placing: Reader

    def told(self, reader: Reader, name: str) -> bytes:
        return orjson.dumps(page(reader, name, NOW))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("hold")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(weighing, "DRAWS", DRAWS)
        begin_mission(folder / "m", str(planted(folder / "agreement")))
        with opened(folder / "m") as mission:
            made = partial(reader_of, mission, folder=folder / "m")
            yield Held(
                folder=folder,
                public=made("public"),
                parties=replace(made("parties"), placing=True),
                monitors=made("commission"),
                placing=replace(made("commission"), placing=True),
            )


@pytest.fixture(scope="module")
def report(held: Held) -> StressReport:
    """Return the report that `pamiers stress` would make of the same files."""
    path = str(held.folder / "agreement")
    found = put_to_test(assumed(path), draws=DRAWS, seed=0)
    written = read(agreement_texts(path)).written
    assert written is not None
    made = compose_stress(
        found.assumed,
        found.outcome,
        title=dict(written.heading.title),  # type: ignore[arg-type]  # not blank here
        plan=plan_of(given(path)),
    )
    return replace(made, names=names_in(written))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_report_are_of_one_value(
    held: Held, report: StressReport, language: str
) -> None:
    wanted = plain_page(report, language)
    told = page(held.public, f"deterrence/{language}", NOW)
    assert told["state"] == "ready"
    assert told["page"] == wanted
    assert not PEACE.search(orjson.dumps(told).decode())


def test_limits_come_first_and_each_picture_has_its_table(held: Held) -> None:
    told = page(held.public, "deterrence/en", NOW)["page"]
    parts = [each["id"] for each in told["parts"]]
    assert parts[:3] == ["limits", "summary", "heat"]
    assert {"thresholds", "joint", "tornado-0", "ladder", "frontier", "watched"} <= {
        *parts
    }
    charts = [chart for part in told["parts"] for chart in part["charts"]]
    assert len(charts) == 8
    for each in charts:
        assert each["words"]
        assert each["table"]["rows"]
    says = " ".join(line for part in told["parts"] for line in part["bullets"])
    assert "no amount of monitoring closes this" in says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("circle", ["public", "parties", "monitors"])
def test_places_and_gaps_reach_nobody_who_places_no_posts(
    held: Held, circle: str, language: str
) -> None:
    reader = getattr(held, circle)
    told = page(reader, f"deployment/{language}", NOW)
    assert told["state"] == "ready"
    assert told["protected"] is None
    for name in ("deployment", "deterrence"):
        assert CANARY.findall(held.told(reader, f"{name}/{language}")) == []
    for each in told["ground"]["areas"]:
        assert set(each) == {"id", "party", "rings"}  # whole areas, as agreed
    said = orjson.dumps(told).decode()
    assert '"noticed"' not in said
    assert '"margin"' not in said
    assert told["plan"]["bands"]


def test_who_places_posts_is_given_places_gaps_and_losses(held: Held) -> None:
    told = page(held.placing, "deployment/uk", NOW)
    closed = told["protected"]
    assert CANARY.search(held.told(held.placing, "deployment/uk"))
    assert {each["site"] for each in closed["posts"]} <= {
        each.decode() for each in CANARY.findall(orjson.dumps(closed))
    }
    worst = min(each["noticed"] for each in closed["coverage"])
    assert worst == min(each["noticed"] for each in closed["least"])
    assert len(closed["says"]) == len(closed["losses"])
    known = {
        (each["area"], each["column"], each["row"]) for each in closed["stretches"]
    }
    assert {(e["area"], *e["stretch"]) for e in closed["coverage"]} <= known
    assert all(each["rings"] for each in closed["stretches"])


def test_areas_of_both_sides_are_told_apart(held: Held) -> None:
    areas = page(held.public, "deployment/en", NOW)["ground"]["areas"]
    assert [each["party"] for each in areas] == ["ua", "ru"]
    assert areas[0]["rings"] != areas[1]["rings"]
    assert all(len(each["rings"][0]) > 3 for each in areas)


def test_a_clause_that_may_not_be_read_closes_both_pages(held: Held) -> None:
    reader = replace(held.public, secret=frozenset({"flights"}))
    for name in ("deterrence/en", "deployment/en"):
        told = page(reader, name, NOW)
        assert told["state"] == "withheld"
        assert told.get("page") is None
        assert "plan" not in told
        assert told["protected" if "deployment" in name else "page"] is None


@pytest.mark.parametrize("edition", ["public", "commission"])
def test_what_is_wrong_is_told_to_the_commission_alone(
    tmp_path: Path, edition: str
) -> None:
    shutil.copytree(str(agreement_folder(CASE)), tmp_path / "a")
    file = tmp_path / "a" / "incentives.yaml"
    file.write_text(file.read_text().replace("period: 7 d", "period: canary d"))
    begin_mission(tmp_path / "m", str(tmp_path / "a"))
    with opened(tmp_path / "m") as mission:
        reader = reader_of(mission, edition, folder=tmp_path / "m")
        for name in ("deterrence/en", "deployment/en"):
            told = page(reader, name, NOW)
            assert told["state"] == "faulty"
            assert bool(told["complaints"]) is (edition == "commission")


def test_a_mission_without_assumptions_says_which_files_are_missing(
    tmp_path: Path,
) -> None:
    begin_mission(tmp_path / "m", "nuba-2002")
    with opened(tmp_path / "m") as mission:
        reader = reader_of(mission, "public", folder=tmp_path / "m")
        for name in ("deterrence/en", "deployment/en"):
            told = page(reader, name, NOW)
            assert told["state"] == "missing"
            assert told["missing"] == ["incentives.yaml", "deployment.yaml"]
        with pytest.raises(UnknownTermError):
            page(reader, "deterrence/xx", NOW)


def test_assumptions_alone_give_the_one_page_and_not_the_other(tmp_path: Path) -> None:
    shutil.copytree(str(agreement_folder(CASE)), tmp_path / "a")
    (tmp_path / "a" / "deployment.yaml").unlink()
    begin_mission(tmp_path / "m", str(tmp_path / "a"))
    with opened(tmp_path / "m") as mission:
        reader = reader_of(mission, "public", folder=tmp_path / "m")
        assert page(reader, "deterrence/lv", NOW)["state"] == "ready"
        told = page(reader, "deployment/lv", NOW)
        assert (told["state"], told["missing"]) == ("missing", ["deployment.yaml"])


@pytest.mark.parametrize("role", ROLES)
def test_places_follow_the_matrix(role: str) -> None:
    able = decide((role,), READ, "post", Sharing.COMMISSION).allowed
    assert Asker(roles=(role,)).placing is able
    assert able is (role in {"commission", "protector"})


def test_an_agreement_with_means_and_limits_is_not_given_out_whole() -> None:
    texts = agreement_texts(CASE)
    assert sharing_in(texts) is Sharing.COMMISSION
    open_ = {name: text for name, text in texts.items() if name != "deployment.yaml"}
    assert sharing_in(open_) is Sharing.PUBLIC


def test_every_language_says_every_sentence_and_label() -> None:
    def asked(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)", text))

    pairs = [(LABELS[each], LABELS["en"]) for each in LANGUAGES]
    for each in (french, latvian):
        pairs += [(each.STRESS, SENTENCES["en"]), (each.PLAN, PLAN_SENTENCES["en"])]
    for texts, english in pairs:
        assert texts.keys() == english.keys()
        for key, words in texts.items():
            assert asked(words) == asked(english[key]), key
