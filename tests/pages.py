"""Every page that is built, as one reader would walk through it, for the tests that compare what two readers get."""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType

from learning_portal.common.public_ids import encode
from stories.models import AuthorLink, Story
from tests.access_table import OBJECTS
from tests.asks import Ask, post, search
from tests.cast import Stage
from tests.pages_coffee import coffee_pages
from tests.pages_contacts import contact_pages
from tests.pages_events import meeting
from tests.pages_meet import introducing
from tests.pages_networks import networking
from tests.worlds import PLANNED, key_of

LONG = "tablets signal valley offline rounds carers weekends meeting board budget"
HTMX = (("HX-Request", "true"),)
HELP = (
    "about",
    "how-we-work-this-out",
    "accessibility",
    "privacy",
    "cookies",
    "feedback",
    "help-with-disclosure",
    "health",
)
CHOICES = {
    "outcome": "failed",
    "kind": "lessons",
    "problem": "problem-1",
    "service": "service-0",
    "sector": "1",
    "users": "users-0",
    "constraint": "constraint-0",
    "method": "method-1",
    "nation": "1",
    "region": "10",
    "size": "1",
    "rurality": "2",
    "stage": "2",
    "evaluation": "own",
    "year": "2024",
    "language": "cy",
}
"""One choice of every facet; the programme's is its key."""
QUERIES = (
    "tablets",
    "rota weekends",
    "signal valley offline",
    LONG,
    "gofal cartref",
    "tabblets",
    "wekends nigths",
    "xylophone",
    "xylophones tablets",
    "Valley 0",
)
PLANS = (
    PLANNED,
    "Wastewater lagoons for hovercraft.",
    "Rydym am roi tabledi i ofalwyr yn y cymoedd.",
)
PLAN = "/plan/key-000001/"
SHARED = "/plan/shared/key-0000000000000004/"
"""`worlds.same_dice` deals these keys: three plans, then a shared one."""
FROM_SHARED = ("Referer", f"http://testserver{SHARED}")


def browsing(stage: Stage) -> list[Ask]:
    choices = {**CHOICES, "programme": str(stage.programme.pk)}
    return [
        Ask("/stories/"),
        Ask("/stories/", headers=HTMX),
        Ask("/stories/", language="cy"),
        *(Ask(f"/stories/?{urlencode({facet: choice})}") for facet, choice in choices.items()),
        Ask("/stories/?outcome=failed&outcome=mixed&sector=1&problem=problem-1"),
        Ask("/stories/?page=2"),
        Ask("/stories/?page=99&order=newest"),
        *(search(q) for q in QUERIES),
        search("tablets", order="newest"),
        search(LONG, sector="1"),
        search("tablets", page="2"),
        Ask("/topics/"),
        Ask("/topics/", language="cy"),
    ]


def planning() -> list[Ask]:
    return [
        *(post("/plan/", text=text, organisation="Cyngor Valley 2") for text in PLANS),
        *(Ask(f"{PLAN}?{urlencode(query)}") for query in OPTIONS),
        Ask(f"{PLAN}text/?topic=problem-0&topic=service-0"),
        Ask(f"{PLAN}watch/?topic=problem-0"),
        post(f"{PLAN}watch/?topic=problem-0"),
        Ask("/watches/"),
        Ask("/plan/key-000002/"),
        Ask("/plan/key-000002/text/"),
        Ask("/plan/key-000003/", language="cy"),
        post(f"{PLAN}share/?topic=problem-1"),
        Ask(f"{PLAN}share/?topic=problem-1"),
        post("/plan/", text="", organisation="Nowhere"),
        Ask("/plan/", language="cy"),
        Ask(SHARED),
        Ask(f"{SHARED}?topic=problem-1"),
        Ask("/?plan=key-000001"),
        search("tablets", order="like-mine"),
        search("tabblets", exactly="1"),
        Ask("/stories/?order=like-mine"),
    ]


OPTIONS: tuple[dict[str, str], ...] = (
    {},
    {"topic": "problem-0"},
    {"topic": "problem-1", "dial": "0"},
    {"topic": "problem-1", "dial": "100"},
    {"topic": "problem-1", "wrong": "problem-2"},
    {"topic": "service-0", "sector": "only"},
    {"topic": "service-0", "sector": "prefer", "budget": "300000", "delivery": "1"},
)


def people_to_meet(stage: Stage) -> list[Ask]:
    """People to meet: what is known of them comes from stories too."""
    topics = [*("problem-0", "problem-1", "users-0", "constraint-0", "method-1"), "service-0"]
    return [
        Ask("/people/meet/"),
        *(Ask(f"/people/meet/?topic={topic}") for topic in topics),
        Ask(f"/people/meet/?{'&'.join(f'topic={topic}' for topic in topics)}", language="cy"),
        Ask("/people/meet/?plan=key-000001&topic=problem-1&format=visit"),
        Ask(f"/people/meet/?story={stage.shelf[0].public_id}"),
        Ask("/find/?plan=key-000001"),
        post("/find/?topic=problem-1", plan=PLANNED, question="How?", format="video", name="Ann", do="look"),
        post("/find/?topic=problem-1", plan=PLANNED, question="How?", format="video", name="Ann", do="send"),
    ]


def places(stage: Stage) -> list[Ask]:
    codes = [stage.here.code, stage.there.code, stage.bodies[8].code, "OLD1"]
    return [
        Ask("/organisations/"),
        Ask("/organisations/?q=valley"),
        Ask("/organisations/?stories=on"),
        Ask("/organisations/?kind=8&nation=1&stories=on"),
        Ask("/organisations/", language="cy"),
        Ask("/organisations/suggest/?q=valley"),
        *(Ask(f"/organisations/{code}/") for code in codes),
        Ask(f"/organisations/{stage.here.code}/?kind=same"),
        Ask(f"/stories/?order=like-mine&like={stage.here.code}"),
    ]


def reading(stage: Stage, hidden: list[int]) -> list[Ask]:
    """Visible stories with what stands beside them, and some that are not to be seen, with every method."""
    return [
        *(Ask(story.get_absolute_url()) for story in stage.shelf[:8]),
        *(Ask(f"/stories/{encode(key)}/") for key in hidden),
        *(Ask(f"/stories/{encode(key)}/", method) for key in hidden[:2] for method in ("HEAD", "POST", "OPTIONS")),
        *(Ask(f"/stories/{encode(key)}/", language="cy") for key in hidden[:1]),
        *(Ask(f"/stories/{encode(key)}") for key in hidden[:1]),
    ]


def answering(stage: Stage, hidden: list[int]) -> list[Ask]:
    """What can be said of stories, and what is answered."""
    return [
        *(Ask(f"/stories/{encode(key)}/{page}/") for key in [stage.shelf[0].pk, *hidden[:3]] for page in OF_A_STORY),
        post(f"/stories/{encode(hidden[0])}/report/", reason="wrong", words="Wrong."),
        post(f"/stories/{encode(stage.shelf[1].pk)}/report/", reason="wrong", words="Wrong.", address="a@b.example"),
        *(post(f"/stories/{encode(key)}/helped/", kind="thanks") for key in [stage.shelf[2].pk, *hidden[:2]]),
        *(post(f"/stories/{encode(key)}/follow/") for key in [stage.shelf[2].pk, *hidden[:2]]),
        Ask("/collections/"),
        Ask("/collections/seen/"),
        Ask("/collections/unseen/"),
        Ask("/collections/seen/", language="cy"),
        Ask("/collections/seen/edit/"),
        post("/collections/seen/edit/", do="add", story=encode(hidden[0])),
        post("/collections/unseen/edit/", do="remove", story=encode(hidden[0])),
        Ask(f"/organisations/{stage.here.code}/pledge/"),
        Ask("/account/delete/"),
        Ask("/moderation/reports/"),
        *(Ask(f"/moderation/reports/{encode(key_of(f'report {key}'))}/") for key in hidden[:3]),
        *(post(f"/moderation/reports/{encode(key_of(f'report {key}'))}/", do="hide") for key in hidden[:2]),
        post(f"/moderation/replies/{encode(hidden[0])}/", do="show"),
        Ask("/custody/"),
        *(post("/custody/", key=encode(key), sure="on") for key in (*hidden[:2], stage.shelf[0].pk)),
    ]


def moderating(stage: Stage, hidden: list[int]) -> list[Ask]:
    """What whoever moderates sees and does."""
    keys = [stage.shelf[0].pk, *hidden[:6]]
    decisions = (("approve", {}), ("ask", {"text": "Why?"}), ("merge", {"into": encode(stage.shelf[1].pk)}))
    return [
        Ask("/moderation/"),
        Ask("/moderation/", language="cy"),
        Ask("/moderation/?handed=me"),
        Ask("/moderation/criteria/"),
        Ask("/moderation/people/"),
        Ask("/moderation/people/", language="cy"),
        post("/moderation/people/", address="new@portal.example"),
        Ask(f"/moderation/people/{stage.users['moderator'].pk}/end/"),
        post(f"/moderation/people/{stage.users['moderator'].pk}/end/"),
        Ask("/moderation/invited/"),
        Ask("/account/away/"),
        post("/account/away/", until="2020-01-01"),
        *(Ask(f"/moderation/{encode(key)}/{page}") for key in keys for page in ("", "edit/")),
        *(
            post(f"/moderation/{encode(key)}/", do=deed, seen="submitted", read="", **typed)
            for key in hidden[:3]
            for deed, typed in decisions
        ),
        post(f"/moderation/{encode(stage.shelf[0].pk)}/", do="merge", seen="published", into=encode(hidden[0])),
        post(f"/moderation/{encode(hidden[0])}/edit/", read="", title="Safer"),
    ]


OF_A_STORY = ("report", "report/sent", "reply", "note", "curate", "history", "use")


def telling(hidden: list[int]) -> list[Ask]:
    """Where stories are told: nothing there says which stories there are, nor who told them."""
    keys = [encode(key) for key in hidden[:2]]
    names = ("", "words/", "check/", "sent/", "status/", "keep/", "versions/", "more/", "hand/", "look/")
    return [
        Ask("/tell/"),
        Ask("/tell/", language="cy"),
        Ask("/tell/before/"),
        Ask("/tell/lessons/"),
        post("/tell/lessons/", voice="nobody"),
        Ask("/tell/receipt/"),
        post("/tell/receipt/", receipt="8n3kc-0v9te-8n3kc-0v9te-8n3kc-0v9te"),
        Ask("/tell/progress/"),
        *(post("/tell/progress/", story=key, status="stuck", line="Stuck.") for key in keys),
        Ask("/tell/mine/"),
        *(post("/tell/mine/", story=key) for key in keys),
        *(Ask(f"/tell/{key}/{name}") for key in keys for name in names),
        *(
            post(f"/tell/{key}/{name}", read="0", do=deed)
            for key in keys
            for name in ("save/", "words/", "status/", "hand/", "look/")
            for deed in ("withdraw", "change")
        ),
    ]


def inviting(hidden: list[int]) -> list[Ask]:
    """Lists of projects and their leads: what came of them is counted, and says nothing of any story."""
    keys = [encode(key) for key in (1, *hidden[:2])]
    return [
        Ask("/projects/"),
        Ask("/projects/", language="cy"),
        post("/projects/"),
        *(Ask(f"/projects/{part}{key}/") for key in keys for part in ("", "lists/")),
        *(post(f"/projects/{part}{key}/", do=do) for key in keys for part, do in (("", "start"), ("lists/", "take"))),
    ]


def pages(stage: Stage, hidden: list[int]) -> list[Ask]:
    """Everything that is built, as one reader would walk through it."""
    return [
        Ask("/"),
        Ask("/", language="cy"),
        *(Ask(f"/{name}/") for name in HELP),
        Ask("/account/"),
        post("/account/mail/", kinds="nothing"),
        Ask("/account/still-here/"),
        Ask("/account/welcome/"),
        Ask("/account/interests/"),
        post("/account/interests/", language="nothing"),
        Ask("/account/where-you-work/"),
        post("/account/where-you-work/", organisation="1", capacity="employee"),
        Ask("/account/where-you-work/ask/"),
        post("/account/where-you-work/ask/", organisation="Nowhere"),
        Ask("/colleagues/"),
        Ask(f"/colleagues/{encode(1)}/"),
        Ask("/account/second-factor/"),
        Ask("/account/second-factor/recovery/"),
        Ask("/sign-in/with/nobody/"),
        Ask("/mail/failing/"),
        Ask("/mail/stop/guess/"),
        Ask("/sign-in/"),
        post("/sign-in/", email="author@portal.example"),
        *browsing(stage),
        *places(stage),
        *reading(stage, hidden),
        *planning(),
        *people_to_meet(stage),
        *answering(stage, hidden),
        *telling(hidden),
        *inviting(hidden),
        *contact_pages(stage),
        *networking(stage, hidden),
        *meeting(stage, hidden),
        *moderating(stage, hidden),
        *coffee_pages(stage),
        *introducing(stage, hidden),
        *reading(stage, hidden)[:3],
        *(Ask(f"{story.get_absolute_url()}?plan=key-000001") for story in stage.shelf[:8]),
        *(Ask(f"/stories/{encode(key)}/?plan=key-000001") for key in hidden[:2]),
        *(Ask(story.get_absolute_url(), headers=(FROM_SHARED,)) for story in stage.shelf[:4]),
        Ask("/"),
        post("/language/", language="cy", next=stage.shelf[0].get_absolute_url()),
        Ask("/nowhere/"),
    ]


def in_admin(stage: Stage, hidden: list[int]) -> list[Ask]:
    """The admin's pages, those that list what would go with what is deleted, and its short cut to any row."""
    stories, links = (ContentType.objects.get_for_model(model).pk for model in (Story, AuthorLink))
    users = [user.pk for user in (*stage.users.values(), *stage.tellers.values()) if user.pk]
    rows = [(name, key(stage)) for name, key in OBJECTS.items()]
    rows += [("networks/organisation", stage.here.pk), ("networks/network", stage.networks[0].pk)]
    return [
        Ask("/admin/"),
        *(Ask(f"/admin/{name}/") for name in OBJECTS),
        *(Ask(f"/admin/{name}/{key}/{page}/") for name, key in rows for page in ("change", "delete", "history")),
        *(Ask(f"/admin/common/user/{key}/delete/") for key in users),
        post("/admin/common/user/", action="delete_selected", _selected_action=str(stage.users["author"].pk)),
        *(Ask(f"/admin/r/{kind}/{key}/") for kind in (stories, links) for key in hidden),
    ]
