"""The vocabularies and registers kept as CSV files: complete, consistent, and never mixing invented with real."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from networks.choices import GROUP_SIZE, Deprivation, Kind, Nation, Region, Rurality, TopicGroup

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "topics": ROOT / "networks/data/topics.csv",
    "register": ROOT / "networks/data/register.csv",
    "demo": ROOT / "learning_portal/site/demo/organisations.csv",
    "networks": ROOT / "learning_portal/site/demo/networks.csv",
}
ORGANISATION_COLUMNS = (
    "code,name_en,name_cy,aliases,kind,nation,region,population,staff,budget,area_km2,lat,lon,rurality,deprivation,"
    "email_domains,replaced_by,source"
)
COLUMNS = {
    "topics": "slug,group,bit,code,name_en,name_cy,meaning_en,meaning_cy,words_en,words_cy",
    "register": ORGANISATION_COLUMNS,
    "demo": ORGANISATION_COLUMNS,
    "networks": (
        "slug,name_en,name_cy,purpose_en,purpose_cy,elsewhere_url,how_to_join,sectors,topics,joining_en,joining_cy,"
        "convenor_name,convenor_role,checked_on"
    ),
}
BOTH = pytest.mark.parametrize("name", ["register", "demo"])
HIGHEST_BIT = 62
UK_POPULATION = 70_000_000
BOX_OF_THE_UK = {"lat": (49.8, 60.9), "lon": (-8.7, 1.8)}
FIGURES = {"population": (10_000, UK_POPULATION), "staff": (20, 100_000), "budget": (10**6, 3 * 10**10)}
LONGEST = {"name_en": 100, "name_cy": 100, "meaning_en": 200, "meaning_cy": 200, "words_en": 600, "words_cy": 600}


def rows(name: str) -> list[dict[str, str]]:
    with FILES[name].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def names(row: dict[str, str]) -> set[str]:
    return {name.casefold() for name in [row["name_en"], row["name_cy"], *parts(row["aliases"])] if name}


def repeated(values) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def in_group(group: str) -> list[dict[str, str]]:
    return [row for row in rows("topics") if row["group"] == group]


@pytest.mark.parametrize("name", FILES)
def test_files_are_tidy(name):
    with FILES[name].open(encoding="utf-8", newline="") as file:
        header, *lines = list(csv.reader(file))
    assert ",".join(header) == COLUMNS[name]
    for line in lines:
        assert len(line) == len(header), line[0]
        assert all(cell == cell.strip() and "  " not in cell for cell in line), line[0]
        assert not any(cell.startswith("|") or cell.endswith("|") or "||" in cell for cell in line), line[0]


class TestTopics:
    def test_there_are_about_150_with_their_own_slugs(self):
        slugs = [row["slug"] for row in rows("topics")]
        assert 150 <= len(slugs) <= 190
        assert repeated(slugs) == []
        assert all(slug.replace("-", "").isalnum() and slug == slug.lower() for slug in slugs)

    @pytest.mark.parametrize(
        ("group", "least"), [("problem", 48), ("users", 22), ("constraint", 14), ("method", 24), ("service", 44)]
    )
    def test_every_group_is_filled(self, group, least):
        assert group in TopicGroup.values
        assert least <= len(in_group(group)) <= HIGHEST_BIT + 1

    @pytest.mark.parametrize("group", TopicGroup.values)
    def test_bits_are_unique_and_fit_a_mask(self, group):
        bits = [int(row["bit"]) for row in in_group(group)]
        assert repeated(bits) == []
        assert all(0 <= bit <= HIGHEST_BIT for bit in bits)

    def test_only_services_have_a_code_each_its_own(self):
        assert not any(row["code"] for row in rows("topics") if row["group"] != "service")
        codes = [int(row["code"]) for row in in_group("service")]
        assert repeated(codes) == []
        assert {code // GROUP_SIZE for code in codes} == set(range(1, 9))

    @pytest.mark.parametrize("column", ["name_en", "name_cy"])
    def test_names_do_not_repeat_in_a_group(self, column):
        assert repeated((row["group"], row[column].casefold()) for row in rows("topics")) == []

    @pytest.mark.parametrize(("column", "longest"), LONGEST.items())
    def test_both_languages_are_given_and_fit(self, column, longest):
        assert [row["slug"] for row in rows("topics") if not 0 < len(row[column]) <= longest] == []

    @pytest.mark.parametrize("column", ["words_en", "words_cy"])
    def test_other_words_are_few_lower_case_and_lead_to_one_topic(self, column):
        for row in rows("topics"):
            assert 5 <= len(parts(row[column])) <= 12, row["slug"]
            assert row[column] == row[column].lower(), row["slug"]
        assert repeated(word for row in rows("topics") for word in parts(row[column])) == []

    def test_welsh_is_not_english_left_standing(self):
        for row in rows("topics"):
            assert row["meaning_en"] != row["meaning_cy"], row["slug"]
            shared = set(parts(row["words_en"])) & set(parts(row["words_cy"]))
            assert len(shared) <= 2, row["slug"]  # initials such as GDPR are the same in both


class TestOrganisations:
    @BOTH
    def test_codes_and_names_are_unique(self, name):
        assert repeated(row["code"] for row in rows(name)) == []
        assert repeated(row["name_en"].casefold() for row in rows(name)) == []
        assert all(row["code"] and row["name_en"] and row["source"] for row in rows(name))

    @BOTH
    def test_vocabularies_are_ours(self, name):
        kinds = {kind.name.lower() for kind in Kind} - {"unknown"}
        nations = {nation.name.lower() for nation in Nation}
        for row in rows(name):
            assert row["kind"] in kinds, row["code"]
            assert row["nation"] in nations, row["code"]
            assert row["region"] in {"", *(region.name.lower() for region in Region)}, row["code"]
            assert row["rurality"] in {"", *(step.name.lower() for step in Rurality)}, row["code"]
            assert row["deprivation"] in {"", *(str(value) for value in Deprivation.values)}, row["code"]

    @BOTH
    def test_every_kind_is_there(self, name):
        assert {row["kind"] for row in rows(name)} == {kind.name.lower() for kind in Kind} - {"unknown"}

    @BOTH
    def test_region_goes_with_nation(self, name):
        one_region = {"wales", "scotland", "northern_ireland"}
        for row in rows(name):
            if row["nation"] in one_region:
                assert row["region"] == row["nation"], row["code"]
            elif row["nation"] == "uk":
                assert row["region"] == "", row["code"]
            else:
                assert row["region"] not in one_region, row["code"]

    @BOTH
    def test_welsh_bodies_have_a_welsh_name(self, name):
        assert [row["code"] for row in rows(name) if row["nation"] == "wales" and not row["name_cy"]] == []

    @BOTH
    @pytest.mark.parametrize(("column", "bounds"), FIGURES.items())
    def test_figures_are_whole_and_sane(self, name, column, bounds):
        low, high = bounds
        for row in rows(name):
            assert not row[column] or low <= int(row[column]) <= high, (row["code"], row[column])

    @BOTH
    def test_fewer_staff_than_people_and_a_possible_cost_each(self, name):
        for row in rows(name):
            if row["staff"] and row["population"]:
                assert int(row["staff"]) < int(row["population"]) / 5, row["code"]
            if row["budget"] and row["staff"] and row["kind"] not in {"care_board", "combined", "department"}:
                assert 25_000 <= int(row["budget"]) / int(row["staff"]) <= 300_000, row["code"]

    @BOTH
    def test_places_lie_in_the_uk_at_a_possible_density(self, name):
        for row in rows(name):
            assert bool(row["lat"]) == bool(row["lon"]), row["code"]
            for column, (low, high) in BOX_OF_THE_UK.items():
                assert not row[column] or low <= float(row[column]) <= high, row["code"]
            if row["area_km2"] and row["population"]:
                assert 3 <= int(row["population"]) / float(row["area_km2"]) <= 16_000, row["code"]

    @BOTH
    def test_aliases_and_domains_are_well_formed(self, name):
        for row in rows(name):
            assert repeated(parts(row["aliases"])) == [], row["code"]
            for domain in parts(row["email_domains"]):
                assert domain == domain.lower(), row["code"]
                assert "." in domain, row["code"]
                assert "@" not in domain, row["code"]

    @BOTH
    def test_a_merged_body_points_at_a_current_one(self, name):
        successor = {row["code"]: row["replaced_by"] for row in rows(name)}
        merged = {code: into for code, into in successor.items() if into}
        assert merged
        assert all(successor.get(into) == "" for into in merged.values())


class TestRegister:
    @pytest.mark.parametrize(
        ("kind", "number"),
        [("council", 22), ("health_board", 7), ("nhs_trust", 3), ("police_force", 4), ("fire_service", 3)],
    )
    def test_the_welsh_bodies_are_all_there(self, kind, number):
        welsh = [row for row in rows("register") if row["nation"] == "wales" and row["kind"] == kind]
        assert len(welsh) == number

    def test_welsh_government_agencies_and_parks_are_there(self):
        welsh = Counter(row["kind"] for row in rows("register") if row["nation"] == "wales")
        assert welsh["department"] == 1
        assert welsh["agency"] >= 5
        assert welsh["national_park"] == 3

    def test_the_other_nations_are_there_with_every_kind(self):
        others = [row for row in rows("register") if row["nation"] in {"england", "scotland", "northern_ireland"}]
        assert len(others) >= 24
        assert {row["nation"] for row in others} == {"england", "scotland", "northern_ireland"}
        assert {row["kind"] for row in others} == {kind.name.lower() for kind in Kind} - {"unknown"}

    def test_welsh_nhs_bodies_share_a_domain(self):
        sharing = [row for row in rows("register") if "wales.nhs.uk" in parts(row["email_domains"])]
        assert len(sharing) >= 10

    def test_no_domain_is_open_to_more_than_staff(self):
        """Students have the university's domain and care homes have NHS mail, so neither shows where somebody works."""
        for row in rows("register"):
            assert not any(d.endswith(("ac.uk", "nhs.net")) for d in parts(row["email_domains"])) or (
                row["kind"] == "agency"
            ), row["code"]


class TestDemo:
    def test_there_are_enough_over_every_nation(self):
        nations = Counter(row["nation"] for row in rows("demo"))
        assert sum(nations.values()) >= 32
        assert nations["wales"] >= 14
        assert set(nations) == {nation.name.lower() for nation in Nation}

    def test_it_says_that_it_is_invented(self):
        assert {row["source"] for row in rows("demo")} == {"invented"}
        assert all(row["code"].startswith("X-") for row in rows("demo"))
        assert not any(row["code"].startswith("X-") for row in rows("register"))

    def test_no_invented_body_bears_a_real_name(self):
        real = set().union(*(names(row) for row in rows("register")))
        assert [row["code"] for row in rows("demo") if names(row) & real] == []

    def test_example_domains_are_the_demos_alone(self):
        assert all(d.endswith(".example") for row in rows("demo") for d in parts(row["email_domains"]))
        assert not any(d.endswith(".example") for row in rows("register") for d in parts(row["email_domains"]))

    def test_two_pairs_share_a_domain(self):
        domains = Counter(d for row in rows("demo") for d in parts(row["email_domains"]))
        assert sorted(times for times in domains.values() if times > 1) == [2, 2]

    def test_most_figures_are_given(self):
        for column in ("population", "staff", "budget", "rurality", "lat"):
            given = sum(bool(row[column]) for row in rows("demo"))
            assert given >= 0.9 * len(rows("demo")), column


class TestNetworks:
    def test_the_networks_that_the_demo_needs_are_there(self):
        slugs = [row["slug"] for row in rows("networks")]
        assert repeated(slugs) == []
        assert len(slugs) >= 6
        wanted = {"rural-services", "health-and-care-operations", "digital-and-data-leads", "blue-light-improvement"}
        assert wanted <= set(slugs)

    def test_both_languages_are_given(self):
        for row in rows("networks"):
            assert row["name_en"] != row["name_cy"], row["slug"]
            assert all(0 < len(row[column]) <= 300 for column in ("name_en", "name_cy", "purpose_en", "purpose_cy")), (
                row["slug"]
            )

    def test_one_lives_elsewhere_at_an_invented_address(self):
        addresses = [row["elsewhere_url"] for row in rows("networks") if row["elsewhere_url"]]
        assert addresses
        assert all(address.startswith("https://") and ".example" in address for address in addresses)
