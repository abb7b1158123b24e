"""python -m tests.benchmarks.meeting [--people 1000] [--weeks 52] [--requests 60] [--stars 20] [--seed 1] [--worlds 4]

What the rules of "whom to meet" do to hosts and askers, in a simulated year, in as many invented worlds; no database.
Each is lived twice, with the same people and wishes: once the product's own `meeting.meet` ranks, and once, for
reference, who knows most, ties by key. Both times, whoever asks takes the first, never one of their own organisation,
and only who offers the wanted format.

- 184 topics, as the product has, as unevenly wanted as words are used (Zipf, exponent 1/2); a wish names one (half),
  two or three of them.
- A person knows one to four topics: contact on a story of 15 %, contributed to one of 25 %, says so of 60 %. A star is
  the contact on stories of 15 topics. They work at 120 bodies, larger and smaller; wishes come from any of these.
- They want 1, 2, 3 or 4 meetings a month (30, 40, 20 and 10 %). One request in five is declined, and is no load.
- They leave their post at 20 % a year: about 12 % of civil servants and 14 % of council staff leave in a year, others
  change their job inside. Nobody new comes, which is the harder case.
- Cards were made at any time in the two years before. With the rules, a mail goes at six months without a word: seven
  in ten of those still there say yes within four weeks, the others get it again six months later. Of nine in ten who
  have left it comes back, and the card is archived four weeks after the mail. Without the rules, no card ever goes.
"""

import argparse
import bisect
import dataclasses
import datetime
import os
import random
import statistics
from collections import defaultdict

import django

from networks import meeting

TOPICS = 184
BODIES = 120
EVIDENCE = {6: 60, 8: 25, 10: 15}
LIMITS = {1: 30, 2: 40, 3: 20, 4: 10}
FORMATS = {"call": 0.8, "video": 0.9, "visit": 0.4, "shadowing": 0.2, "mentoring": 0.2, "secondment": 0.05}
WANTED_FORMATS = {"": 50, "video": 25, "call": 15, "visit": 8, "mentoring": 2}
LEAVING_A_YEAR = 0.2
CONFIRMS, RETURNS = 0.7, 0.9
ANSWER_DAYS, ARCHIVE_DAYS = 28, 28
DECLINED = 0.2
CARDS_SINCE_DAYS = 730
FIRST = datetime.date(2026, 1, 5)
NEVER = 10**6


@dataclasses.dataclass(frozen=True)
class Setting:
    people: int = 1_000
    weeks: int = 52
    requests: int = 60
    stars: int = 20
    seed: int = 1


@dataclasses.dataclass(frozen=True, eq=False)
class Body:
    """An invented organisation as a place."""

    kind: int
    nation: int
    population: int | None
    staff: int | None
    budget: int | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    rurality: int | None
    deprivation: int | None
    deprivation_score: float | None = None


@dataclasses.dataclass(eq=False)
class Person:
    """A card and the life behind it, in days from the first; `requests` holds the days of those not declined."""

    key: int
    body: Body
    knows: dict
    formats: frozenset[str]
    limit: int
    leaves: int
    verified: list[int]
    archived: int = NEVER
    requests: list[int] = dataclasses.field(default_factory=list)

    def load(self, day: int, days: int) -> int:
        """Requests of so many days, up to and with this one."""
        return bisect.bisect_right(self.requests, day) - bisect.bisect_right(self.requests, day - days)

    def last_yes(self, day: int) -> int:
        return self.verified[bisect.bisect_right(self.verified, day) - 1]

    def most(self, days: int) -> int:
        """The highest load of any day."""
        return max((self.load(day, days) for day in self.requests), default=0)


@dataclasses.dataclass(frozen=True)
class Request:
    day: int
    body: Body
    topics: dict[int, str]
    format: str
    declined: bool


@dataclasses.dataclass(frozen=True)
class Outcome:
    """`peak` and `peak_month`: most load over limit of anybody, in 90 and in 30 days; `know` a mean; the rest shares
    of requests, and how many people were asked."""

    peak: float
    peak_month: float
    know: float
    left: float
    nobody: float
    asked: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for field in dataclasses.fields(Setting):
        parser.add_argument(f"--{field.name}", type=int, default=field.default)
    parser.add_argument("--worlds", type=int, default=4)
    options = vars(parser.parse_args())
    first, worlds = Setting(**{name: options[name] for name in options if name != "worlds"}), options["worlds"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    django.setup()
    settings = [dataclasses.replace(first, seed=first.seed + number) for number in range(worlds)]
    report(*([simulate(setting, rules=rules) for setting in settings] for rules in (True, False)))


def pick(draw: random.Random, weights: dict):
    return draw.choices(list(weights), list(weights.values()))[0]


def body(draw: random.Random) -> Body:
    size = draw.gauss(5.2, 0.4)
    return Body(
        kind=draw.choice([8, 8, 8, 9, 16, 17, 24, 32, 40, 48]),
        nation=draw.choice([1, 2, 2, 2, 3, 4]),
        population=round(10**size),
        staff=round(10 ** (size - 1.6 + draw.gauss(0, 0.2))) if draw.random() < 0.7 else None,
        budget=round(10 ** (size + 3.4 + draw.gauss(0, 0.2))) if draw.random() < 0.7 else None,
        area_km2=10 ** draw.uniform(1.7, 3.7),
        latitude=draw.uniform(50.5, 57.5),
        longitude=draw.uniform(-5.0, 1.0),
        rurality=draw.randint(0, 3),
        deprivation=draw.randint(1, 5),
    )


def topics(draw: random.Random, number: int) -> list[int]:
    """Different topics, some much more often than others."""
    found: dict[int, None] = {}
    while len(found) < number:
        found[draw.choices(range(TOPICS), [(topic + 1) ** -0.5 for topic in range(TOPICS)])[0]] = None
    return list(found)


def person(draw: random.Random, key: int, work: Body, star: bool) -> Person:
    made = -draw.randrange(CARDS_SINCE_DAYS)
    if star:
        knows = dict.fromkeys(topics(draw, 15), meeting.Knows.CONTACT)
    else:
        knows = {topic: meeting.Knows(pick(draw, EVIDENCE)) for topic in topics(draw, draw.randint(1, 4))}
    return Person(
        key=key,
        body=work,
        knows=knows,
        formats=frozenset(name for name, share in FORMATS.items() if draw.random() < share),
        limit=pick(draw, LIMITS),
        leaves=made + round(365 * draw.expovariate(LEAVING_A_YEAR)),
        verified=[made],
    )


def keep(someone: Person, draw: random.Random, end: int) -> None:
    """The mails of a card from its making to the end: those who are there say yes, those who have left are archived."""
    mail = someone.verified[0] + meeting.PROMPT_DAYS
    while mail < end and someone.archived == NEVER:
        answer = mail + draw.randrange(ANSWER_DAYS)
        willing, returned = draw.random() < CONFIRMS, draw.random() < RETURNS
        if someone.leaves <= mail and returned:
            someone.archived = mail + ARCHIVE_DAYS
        elif answer < someone.leaves and willing:
            someone.verified.append(answer)
        mail = (answer if someone.verified[-1] == answer else mail) + meeting.PROMPT_DAYS


def world(setting: Setting) -> tuple[list[Person], list[Request]]:
    """People and wishes, the same for the same setting."""
    draw = random.Random(setting.seed)
    bodies = [body(draw) for _ in range(BODIES)]
    sizes = [work.population or 0 for work in bodies]
    stars = set(draw.sample(range(setting.people), setting.stars))
    people = [person(draw, key, draw.choices(bodies, sizes)[0], key in stars) for key in range(setting.people)]
    days = [day for week in range(setting.weeks) for day in sorted(draw.choices(range(7), k=setting.requests))]
    wishes = [
        Request(
            day=7 * (number // setting.requests) + day,
            body=draw.choices(bodies, sizes)[0],
            topics={topic: f"Topic {topic}" for topic in topics(draw, pick(draw, {1: 50, 2: 30, 3: 20}))},
            format=pick(draw, WANTED_FORMATS),
            declined=draw.random() < DECLINED,
        )
        for number, day in enumerate(days)
    ]
    return people, wishes


def simulate(setting: Setting, *, rules: bool) -> Outcome:
    """A year of one world."""
    people, wishes = world(setting)
    if rules:
        draw = random.Random(setting.seed + 1)
        for someone in people:
            keep(someone, draw, 7 * setting.weeks)
    by_topic: defaultdict[int, set[int]] = defaultdict(set)
    for someone in people:
        for topic in someone.knows:
            by_topic[topic].add(someone.key)
    first = by_the_rules if rules else by_knowledge
    asked: list[tuple[Request, Person]] = []
    for wish in wishes:
        able = [people[key] for key in sorted(set().union(*(by_topic[topic] for topic in wish.topics)))]
        someone = first(wish, able)
        if someone:
            asked.append((wish, someone))
            someone.requests += [] if wish.declined else [wish.day]
    return measured(asked, len(wishes))


def measured(asked: list[tuple[Request, Person]], wishes: int) -> Outcome:
    """Load is highest on a day of a request: each of those days is looked at."""
    peaks = [
        (someone.most(meeting.LOAD_DAYS) / meeting.cap(someone.limit), someone.most(30) / someone.limit)
        for _wish, someone in asked
    ]
    return Outcome(
        peak=max(peak for peak, _month in peaks),
        peak_month=max(month for _peak, month in peaks),
        know=statistics.mean(meeting.know(wish.topics, someone.knows) for wish, someone in asked),
        left=statistics.mean(someone.leaves <= wish.day for wish, someone in asked),
        nobody=1 - len(asked) / wishes,
        asked=len({someone.key for _wish, someone in asked}),
    )


def by_the_rules(request: Request, people: list[Person]) -> Person | None:
    """The first whom the product names."""
    today = FIRST + datetime.timedelta(days=request.day)
    hosts = [
        meeting.Host(
            key=someone.key,
            organisation=someone.body,
            knows=someone.knows,
            formats=someone.formats,
            monthly_limit=someone.limit,
            load=someone.load(request.day, meeting.LOAD_DAYS),
            verified_on=FIRST + datetime.timedelta(days=someone.last_yes(request.day)),
            paused=someone.archived <= request.day,
        )
        for someone in people
    ]
    found = meeting.meet(meeting.Wish(request.topics, request.body, today, request.format), hosts, limit=1)
    return next((someone for someone in people if found and someone.key == found[0].host.key), None)


def by_knowledge(request: Request, people: list[Person]) -> Person | None:
    """The reference: who knows most."""
    able = [
        someone
        for someone in people
        if someone.body is not request.body and (not request.format or request.format in someone.formats)
    ]
    return max(able, key=lambda someone: (meeting.know(request.topics, someone.knows), -someone.key), default=None)


LINES = (
    ("busiest person: requests over limit, 90 days", "peak", ".2f", "at most 1.00"),
    ("the same, any 30 days", "peak_month", ".2f", ""),
    ("mean know of who is asked", "know", ".2f", "at least .65"),
    ("requests to people who have left", "left", ".3f", "at most .080"),
    ("requests for which nobody is found", "nobody", ".3f", ""),
    ("people who are asked", "asked", ".0f", ""),
)


def report(*sides: list[Outcome]) -> None:
    """By the rules and for reference: the mean over the worlds, and the lowest and the highest of them."""
    print("| | by the rules | know only | goal |\n|---|---|---|---|")
    for name, field, form, goal in LINES:
        found = [[getattr(outcome, field) for outcome in side] for side in sides]
        cells = [f"{statistics.mean(each):{form}} ({min(each):{form}} to {max(each):{form}})" for each in found]
        print(f"| {name} | {' | '.join(cells)} | {goal} |")


if __name__ == "__main__":
    main()
