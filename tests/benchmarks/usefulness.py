"""python -m tests.benchmarks.usefulness [--show]

How often the plan check helps: for plans written without sight of the stories (plans.toml), whether a story that a
judge found useful (judgements.toml, judged without sight of the ranking) is among the first three, and whether plans
that nothing answers get the weak-answer page. Needs a database with the demo loaded and ticked (DATABASE_URL).
`--show` lists the first three of every plan, for judging.
"""

import argparse
import functools
import os
import tomllib
from collections import Counter
from pathlib import Path

import django

HERE = Path(__file__).parent
FIRST = 3
SETS = {"2": ", second set", "3": ", third set"}
"""By the figure in the key of a plan: "en2-07"."""
KINDS = {
    "council": 8,
    "district": 9,
    "county": 10,
    "health_board": 16,
    "nhs_trust": 17,
    "police_force": 24,
    "fire_service": 32,
    "department": 40,
    "agency": 41,
    "university": 48,
    "college": 49,
    "national_park": 56,
    "housing": 57,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    django.setup()
    plans = tomllib.loads((HERE / "plans.toml").read_text(encoding="utf-8"))["plan"]
    path = HERE / "judgements.toml"
    judged = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    report([(plan, answer_of(plan)) for plan in plans], judged, show)


def answer_of(plan: dict):
    """The answer that a visitor gets who types this plan and chooses nothing."""
    from django.contrib.auth.models import AnonymousUser

    from networks.models import Organisation, Topic
    from stories import plan_check
    from stories.models import Story
    from stories.plans import Plan
    from stories.suggest import suggest

    body = Organisation.objects.filter(is_example=True, kind=KINDS[plan["works_in"]]).order_by("code").first()
    topics = suggest(plan["text"], Topic.objects.all())
    visible = Story.objects.visible_to(AnonymousUser()).published()
    options = plan_check.Options(topics=tuple(topics))
    return plan_check.answer(Plan(plan["text"], body.code if body else ""), options, visible)


@functools.cache
def slugs() -> dict[str, str]:
    """The file of each demo story, by title: titles get better, files stay."""
    from learning_portal.site.demo.reader import read_stories

    return {item.content.title: item.slug for item in read_stories()}


def slug_of(story) -> str:
    return slugs()[story.content.title]


def report(answers: list, judged: dict, show: bool) -> None:
    tally: Counter[str] = Counter()
    for plan, answer in answers:
        group = f"{plan['lang']} {plan['kind']}{SETS.get(plan['id'][2:].partition('-')[0], '')}"
        first = [attempt.story for attempt in [*answer.attempts, *answer.elsewhere][:FIRST]]
        useful = [slug_of(story) for story in first if slug_of(story) in judged.get(plan["id"], {}).get("useful", [])]
        tally[f"{group}: plans"] += 1
        tally[f"{group}: weak"] += answer.is_weak
        tally[f"{group}: useful in the first {FIRST}"] += bool(useful)
        if show:
            print(f"\n{plan['id']} {'WEAK' if answer.is_weak else answer.total} {plan['text']}")
            for attempt in [*answer.attempts, *answer.elsewhere][:FIRST]:
                mark = "+" if slug_of(attempt.story) in useful else " "
                print(f"  {mark} {attempt.text:.3f} {attempt.explanation.score:3} {slug_of(attempt.story)}")
    for name, count in sorted(tally.items()):
        print(f"{name:64}{count:5}")


if __name__ == "__main__":
    main()
