"""Every address of the portal, and what each role gets with each method. `test_access` asks for all of it.

A row names its pattern as the resolver spells it. A pattern may have several rows: one's own plan, and somebody
else's. The addresses of stories have a table of their own in `test_access`: audience by state by voice.
"""

import time
from collections.abc import Callable, Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from learning_portal.common.mail.stopping import Subscriber, token_for
from learning_portal.common.models import AuditEvent, ModeratorInvitation, User
from learning_portal.common.public_ids import encode
from networks.models import Affiliation, Membership, Sponsorship
from stories.actions import share_plan
from stories.models import (
    CollectionStory,
    InvitedProject,
    ProjectList,
    Reply,
    Reuse,
    SharedPlan,
    Story,
    StoryReport,
    Watch,
)
from stories.plans import SESSION_KEY, Plan
from stories.uptake import WE_STOPPED
from tests.access_coffee import COFFEE
from tests.access_contacts import CONTACTS
from tests.access_desk import DESK
from tests.access_events import EVENTS
from tests.access_meet import MEETING
from tests.access_networks import NETWORKS
from tests.access_rows import (
    ALL,
    CLASS,
    FORBIDDEN,
    FORM,
    LEADS_ON,
    MEMBERS_ONLY,
    MISSING_FOR_ALL,
    MODERATORS,
    NOT_FOUND,
    NOT_FOUND_FORM,
    NOTHING_THERE,
    READ,
    REDIRECT,
    SEND,
    SIGN_IN_FIRST,
    SIGN_IN_FOR_ALL,
    SIGN_IN_FORM,
    TEAM,
    Answers,
    Row,
    led_in,
    only,
    person_of,
    signed_in,
)
from tests.cast import READS, ROLES, Stage
from tests.factories import TODAY, CollectionFactory, make_story
from tests.telling_rows import (
    held,
    hold,
    hold_changing,
    hold_sent,
    hold_two_versions,
    hold_written,
    let_change_go,
    let_go,
    of_change,
)


def keep_plan(client: Client) -> None:
    """Keep a plan under the key "own" in the reader's own session."""
    session = client.session
    session[SESSION_KEY] = {"own": {"text": "Tablets for home carers", "organisation_code": ""}}
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def share_own(client: Client) -> None:
    keep_plan(client)
    client.post("/plan/own/share/")


def type_nothing(client: Client) -> None:
    client.post("/plan/", {"text": "", "organisation": "Nowhere"})


def ask_for_code(client: Client) -> None:
    client.post("/sign-in/", {"email": "author@portal.example"})


def ask_for_account(client: Client) -> None:
    client.post("/sign-in/new/", {"email": "somebody@portal.example"})


def show_factor(client: Client) -> None:
    """A visitor has typed the code that came by mail, and stands before the second factor."""
    client.post("/sign-in/", {"email": "moderator@portal.example"})
    if person_of(client) is None:
        client.post("/sign-in/code/", {"code": sent_codes_of(client)[-1]})


def sent_codes_of(client: Client) -> list[str]:
    return [code for _address, code, _at in client.session["codes_sent"]]


def start_anew(client: Client) -> None:
    """They have no second factor, and a proved address."""
    if user := person_of(client):
        Authenticator.objects.filter(user=user).delete()
        EmailAddress.objects.filter(user=user).update(verified=True)


def prove_again(client: Client) -> None:
    """They have shown their second factor just now."""
    if user := person_of(client):
        session = client.session
        records = session["account_authentication_methods"]
        session["account_authentication_methods"] = [
            *records,
            {**records[-1], "at": time.time(), "reauthenticated": True},
        ]
        session.save()
        Authenticator.objects.create(
            pk=PASSKEY, user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": {}}
        )


PASSKEY = 4711
CHANGES: Answers = {**CLASS, "POST": 302, "PUT": 302}
"""A form that needs nothing typed."""


def work_of(role: str) -> Callable[[Stage], str]:
    """The button by which this role says that they have left."""

    def path(stage: Stage) -> str:
        return f"/account/where-you-work/left/{Affiliation.objects.get(user=stage.users[role]).pk}/"

    return path


def question(stage: Stage) -> str:
    """Somebody asks a colleague at the body of here."""
    asked = Sponsorship.objects.create(
        user=stage.users["author"], organisation=stage.here, capacity="employee", sponsor=stage.users["front_line"]
    )
    return f"/colleagues/{encode(asked.pk)}/"


def own(page: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"/plan/own/{page}"


def shared(stage: Stage) -> str:
    token = share_plan(plan=Plan("Tablets for home carers"), query="")
    return f"/plan/shared/{token}/"


def expired(stage: Stage) -> str:
    path = shared(stage)
    SharedPlan.objects.update(expires_on="2020-01-01")
    return path


def watched(stage: Stage) -> str:
    """A plan that the member waits for."""
    return Watch.objects.create(user=stage.users["member"], text="Tablets").get_absolute_url()


def stop_mail(stage: Stage) -> str:
    """A link of the programme team's mail. Whoever has the link may use it."""
    return f"/mail/stop/{token_for(Subscriber(stage.users['programme_team'].pk), ['mail_failing'])}/"


PORTAL = [
    Row("", READ),
    Row("about/", READ),
    Row("how-we-work-this-out/", READ),
    Row("accessibility/", READ),
    Row("privacy/", READ),
    Row("cookies/", READ),
    Row("feedback/", READ),
    Row("health/", READ),
    Row("dev/mail/", READ, developer=True),
    Row("dev/mail/<str:name>/", READ, path=lambda stage: "/dev/mail/one/", developer=True, case="sent"),
    Row("dev/mail/<str:name>/", NOT_FOUND, path=lambda stage: "/dev/mail/none/", developer=True, case="unknown"),
    Row("dev/components/", READ, developer=True),
    Row("language/", {"POST": 302}),
    Row("account/", READ, but={"visitor": SIGN_IN_FIRST}),
    Row("account/mail/", {"POST": 302}),
    Row("account/still-here/", READ, but={"visitor": NOT_FOUND}),
    Row("account/welcome/", {"GET": 302, "HEAD": 302}),
    Row("account/interests/", {**READ, "POST": 422}, but={"visitor": SIGN_IN_FOR_ALL}),
    Row("account/where-you-work/", {**READ, "POST": 422}, but={"visitor": SIGN_IN_FOR_ALL}),
    Row("account/where-you-work/ask/", {**READ, "POST": 422}, but={"visitor": SIGN_IN_FOR_ALL}),
    Row(
        "account/where-you-work/left/<int:pk>/",
        {"POST": 404},
        but={"visitor": {"POST": 302}, "member": {"POST": 302}},
        path=work_of("member"),
        case="a member's",
    ),
    Row("colleagues/", NOT_FOUND, but={"visitor": SIGN_IN_FIRST, "programme_team": READ}),
    Row(
        "colleagues/<public_id:pk>/",
        MISSING_FOR_ALL,
        but={
            "visitor": SIGN_IN_FOR_ALL,
            "front_line": {**READ, "POST": 422},
            "programme_team": {**READ, "POST": 422},
        },
        path=question,
        case="asked",
    ),
    Row(
        "colleagues/<public_id:pk>/",
        MISSING_FOR_ALL,
        but={"visitor": SIGN_IN_FOR_ALL},
        path=lambda stage: f"/colleagues/{encode(1)}/",
        case="guessed",
    ),
    Row("mail/stop/<str:token>/", {**READ, "POST": 200}, path=stop_mail, case="from a mail"),
    Row("mail/stop/<str:token>/", {**NOT_FOUND, "POST": 404}, path=lambda stage: "/mail/stop/guess/", case="guessed"),
    Row("mail/failing/", NOT_FOUND_FORM, but={"visitor": SIGN_IN_FORM, "programme_team": {**READ, "POST": 302}}),
    Row("plan/", {"POST": 422, "GET": 302, "HEAD": 302}, case="with nothing typed"),
    Row("plan/", {"POST": 422, **READ}, before=type_nothing, case="with something to put right"),
    Row("plan/<str:key>/", READ, path=own(), before=keep_plan, case="one's own"),
    Row("plan/<str:key>/", NOT_FOUND, path=own(), case="somebody else's"),
    Row("plan/<str:key>/text/", READ, path=own("text/"), before=keep_plan, case="one's own"),
    Row("plan/<str:key>/text/", NOT_FOUND, path=own("text/"), case="somebody else's"),
    Row(
        "plan/<str:key>/share/",
        {"POST": 302, "GET": 302, "HEAD": 302},
        path=own("share/"),
        before=keep_plan,
        case="one's own",
    ),
    Row("plan/<str:key>/share/", {"POST": 302, **READ}, path=own("share/"), before=share_own, case="shared"),
    Row("plan/<str:key>/share/", {"POST": 404, **NOT_FOUND}, path=own("share/"), case="somebody else's"),
    Row(
        "plan/<str:key>/watch/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM},
        path=own("watch/"),
        case="somebody else's",
    ),
    Row(
        "plan/<str:key>/watch/",
        {**READ, "POST": 302},
        but={"visitor": SIGN_IN_FORM},
        path=own("watch/"),
        before=keep_plan,
        case="one's own",
    ),
    Row("watches/", READ, but={"visitor": SIGN_IN_FIRST}),
    Row(
        "watches/<public_id:key>/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, "member": {**READ, "POST": 302}},
        path=watched,
    ),
    Row("plan/shared/<str:token>/", READ, path=shared, case="shared"),
    Row("plan/shared/<str:token>/", NOT_FOUND, path=expired, case="expired"),
    Row("plan/shared/<str:token>/", NOT_FOUND, path=lambda stage: "/plan/shared/guess/", case="guessed"),
    Row("stories/", READ),
    Row("topics/", READ),
    Row("people/meet/", READ),
    Row("organisations/", READ),
    Row("organisations/suggest/", READ),
    Row("organisations/<str:code>/", READ, path=lambda stage: f"/organisations/{stage.here.code}/"),
    Row("organisations/<str:code>/", NOT_FOUND, path=lambda stage: "/organisations/NONE/", case="unknown"),
]


def shelved(page: str, **fields) -> Callable[[Stage], str]:
    """A page of a story that is published for everybody, unless told otherwise; by name at `stage.here`."""
    return lambda stage: f"{on_shelf(stage, **fields).get_absolute_url()}{page}"


def on_shelf(stage: Stage, **fields) -> Story:
    if fields.get("voice", "named") == "named":
        fields["organisation"] = stage.here
    return make_story(**{"author": stage.users["author"], **fields})


def in_use(stage: Stage) -> str:
    """The member said that their organisation uses a story."""
    story, member = on_shelf(stage), stage.users["member"]
    works_at = Affiliation.objects.get(user=member).organisation
    Reuse.objects.create(story=story, organisation=works_at, user=member, how="adopted", since=TODAY)
    return f"{story.get_absolute_url()}use/"


def stopping(stage: Stage, other: int = 0) -> str:
    """The link with which the member says that they stopped."""
    in_use(stage)
    use = Reuse.objects.get(user=stage.users["member"])
    return f"/stories/use/stopped/{WE_STOPPED.token_for(use.pk, stage.users['member'].pk + other)}/"


def reported(stage: Stage) -> str:
    story = on_shelf(stage)
    report = StoryReport.objects.create(story=story, reason="wrong", words="Wrong.", language="en", week="2026-11-02")
    return f"/moderation/reports/{encode(report.pk)}/"


def replied(stage: Stage) -> str:
    reply = Reply.objects.create(story=on_shelf(stage), organisation=stage.here, text="No.", on="2026-11-02")
    return f"/moderation/replies/{encode(reply.pk)}/"


def collected(page: str = "", **fields) -> Callable[[Stage], str]:
    """A collection of one story."""

    def path(stage: Stage) -> str:
        collection = CollectionFactory()
        CollectionStory.objects.create(collection=collection, story=on_shelf(stage, **fields), position=1)
        return f"/collections/{collection.slug}/{page}"

    return path


ANSWERS = [
    Row("help-with-disclosure/", READ),
    Row("stories/<public_id:pk>/report/", SEND, path=shelved("report/")),
    Row("stories/<public_id:pk>/report/", SEND, MEMBERS_ONLY, shelved("report/", audience="members"), case="members"),
    Row("stories/<public_id:pk>/report/", NOT_FOUND_FORM, path=shelved("report/", status="approved"), case="waiting"),
    Row("stories/<public_id:pk>/report/sent/", READ, path=shelved("report/sent/")),
    Row("stories/<public_id:pk>/report/sent/", NOT_FOUND, path=shelved("report/sent/", status="draft"), case="draft"),
    Row(
        "stories/<public_id:pk>/reply/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, **only(["front_line", "front_line_moderator"], SEND)},
        path=shelved("reply/"),
    ),
    Row(
        "stories/<public_id:pk>/reply/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM},
        path=shelved("reply/", voice="confidential"),
        case="confidential",
    ),
    Row("stories/<public_id:pk>/follow/", {"POST": 302}, path=shelved("follow/")),
    Row(
        "stories/<public_id:pk>/follow/",
        {"POST": 404},
        but={"visitor": {"POST": 302}, **only(MODERATORS, {"POST": 404})},
        path=shelved("follow/", status="approved"),
        case="waiting",
    ),
    Row(
        "stories/<public_id:pk>/helped/",
        {"POST": 302},
        path=shelved("helped/"),
        case="nothing chosen",
        but=signed_in({"POST": 404}),
    ),
    Row(
        "stories/<public_id:pk>/note/", NOT_FOUND, but={"visitor": SIGN_IN_FIRST, "author": READ}, path=shelved("note/")
    ),
    Row(
        "stories/<public_id:pk>/note/",
        NOT_FOUND,
        but={"visitor": SIGN_IN_FIRST},
        path=shelved("note/", voice="confidential"),
        case="confidential",
    ),
    Row("stories/<public_id:pk>/use/", NOT_FOUND_FORM, led_in(["member"]), in_use),
    Row("stories/<public_id:pk>/use/", NOT_FOUND_FORM, led_in(), shelved("use/"), case="nobody said so"),
    Row("stories/use/stopped/<str:token>/", {**READ, "POST": 200}, path=stopping),
    Row("stories/use/stopped/<str:token>/", NOT_FOUND_FORM, path=lambda stage: stopping(stage, 1), case="another's"),
    Row("stories/<public_id:pk>/curate/", NOT_FOUND_FORM, but=led_in(TEAM, SEND), path=shelved("curate/")),
    Row(
        "stories/<public_id:pk>/curate/",
        NOT_FOUND_FORM,
        led_in(),
        path=shelved("curate/", audience="members"),
        case="members",
    ),
    Row(
        "stories/<public_id:pk>/history/", NOT_FOUND, but=only([*MODERATORS, "author"], READ), path=shelved("history/")
    ),
    Row(
        "stories/<public_id:pk>/history/",
        NOT_FOUND,
        but=only(["front_line_moderator", "author"], READ),
        path=shelved("history/", audience="front_line"),
        case="front line",
    ),
    Row(
        "stories/<public_id:pk>/history/",
        NOT_FOUND,
        but=only(MODERATORS, READ),
        path=shelved("history/", voice="anonymous"),
        case="anonymous",
    ),
    Row(
        "account/delete/",
        {**READ, "POST": 302},
        but={"visitor": SIGN_IN_FORM, **only(["convenor", *TEAM, "custodian", "staff"], SEND)},
    ),
    Row("collections/", READ),
    Row("collections/new/", NOT_FOUND_FORM, but=led_in(TEAM, SEND)),
    Row("collections/<slug:slug>/", READ, path=collected()),
    Row(
        "collections/<slug:slug>/",
        NOT_FOUND,
        but=only([*TEAM, *(role for role in ROLES if "members" in READS[role]), "author"], READ),
        path=collected(audience="members"),
        case="of stories for members",
    ),
    Row("collections/<slug:slug>/", NOT_FOUND, path=lambda stage: "/collections/none/", case="unknown"),
    Row("collections/<slug:slug>/edit/", NOT_FOUND_FORM, but=led_in(TEAM, SEND), path=collected("edit/")),
    Row(
        "organisations/<str:code>/pledge/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, **only(["front_line", "front_line_moderator"], SEND)},
        path=lambda stage: f"/organisations/{stage.here.code}/pledge/",
    ),
    Row("moderation/reports/", NOT_FOUND, but={**only([*MODERATORS, "convenor"], READ), "visitor": SIGN_IN_FIRST}),
    Row("moderation/reports/<public_id:key>/", NOT_FOUND_FORM, but=led_in(MODERATORS, SEND), path=reported),
    Row("custody/", NOT_FOUND_FORM, but=led_in(["custodian"])),
    Row(
        "moderation/replies/<public_id:key>/",
        {"POST": 404},
        but=only(["visitor", *MODERATORS], {"POST": 302}),
        path=replied,
    ),
]


def waits(page: str = "", **fields) -> Callable[[Stage], str]:
    """The item of a story that waits for its moderators, told by the author unless told otherwise."""

    def path(stage: Stage) -> str:
        fields.setdefault("status", "submitted")
        if fields.get("audience") == "network":
            fields["networks"] = stage.networks[:1]
        return f"/moderation/{on_shelf(stage, **fields).public_id}/{page}"

    return path


POOL = (*MODERATORS, "convenor")
DECIDE: Answers = {**READ, "POST": 422}
"""A form of a moderator's, to which nothing is sent."""
NOT_MINE: Answers = {**NOT_FOUND, "POST": 409}
"""What a moderator gets of a story that is not in their list, and of one that never was."""


def moderated(page: str) -> list[Row]:
    """The rows of a page of an item: for its pool, and for nobody else."""
    pattern = f"moderation/<public_id:pk>/{page}"

    def row(path: Callable[[Stage], str], pool: Sequence[str], case: str) -> Row:
        others = [role for role in POOL if role not in pool]
        but = {**led_in(pool, DECIDE), **only(others, NOT_MINE)}
        return Row(pattern, NOT_FOUND_FORM, but=but, path=path, case=case)

    return [
        row(waits(page), MODERATORS, "public"),
        row(waits(page, audience="members"), MODERATORS, "members"),
        row(waits(page, audience="front_line"), ["front_line_moderator"], "front line"),
        row(waits(page, audience="network"), ["convenor"], "network"),
        row(waits(page, voice="confidential"), MODERATORS, "confidential"),
        row(waits(page, voice="anonymous"), MODERATORS, "anonymous"),
        row(waits(page, status="hidden"), MODERATORS, "hidden"),
        row(waits(page, status="draft"), [], "draft"),
        row(waits(page, status="retired"), [], "retired"),
        row(lambda stage: f"/moderation/{encode(1)}/{page}", [], "unknown"),
    ]


def invite(client: Client, proved: bool = True) -> None:
    """The author is asked to moderate, and their address is proved."""
    author = User.objects.get(email="author@portal.example")
    EmailAddress.objects.filter(user=author).update(verified=proved)
    ModeratorInvitation.objects.create(address=author.email, by="team@portal.example")


def invite_unproved(client: Client) -> None:
    invite(client, proved=False)


def end_of(role: str) -> Callable[[Stage], str]:
    return lambda stage: f"/moderation/people/{stage.users[role].pk}/end/"


IS_MODERATOR: Answers = {**LEADS_ON, "POST": 404}
PEOPLE = [
    Row("moderation/people/", NOT_FOUND_FORM, but=led_in(TEAM, SEND)),
    Row(
        "moderation/people/<int:pk>/end/",
        NOT_FOUND_FORM,
        but=led_in(TEAM, {**READ, "POST": 302}),
        path=end_of("moderator"),
    ),
    Row("moderation/people/<int:pk>/end/", NOT_FOUND_FORM, led_in(), end_of("member"), case="of a member"),
    Row(
        "moderation/invited/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, **only(MODERATORS, IS_MODERATOR)},
        case="not asked",
    ),
    Row(
        "moderation/invited/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, **only(MODERATORS, IS_MODERATOR), "author": SEND},
        before=invite,
        case="asked",
    ),
    Row(
        "moderation/invited/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, **only(MODERATORS, IS_MODERATOR)},
        before=invite_unproved,
        case="asked, and not proved",
    ),
    Row("account/away/", NOT_FOUND_FORM, but={"visitor": SIGN_IN_FORM, **only(POOL, SEND)}),
]
MODERATION = [
    *PEOPLE,
    Row("moderation/", NOT_FOUND, but={**only(POOL, READ), "visitor": SIGN_IN_FIRST}),
    Row("moderation/criteria/", READ),
    *moderated(""),
    *moderated("edit/"),
]

SIGN_IN = [
    Row("sign-in/", FORM),
    Row("sign-in/start/", REDIRECT),
    Row("sign-in/forgotten/", REDIRECT),
    Row("sign-in/address/", REDIRECT),
    Row("sign-in/code/", REDIRECT),
    Row("sign-in/code/", FORM, but=signed_in(REDIRECT), before=ask_for_code, case="sent"),
    Row("sign-in/new/", FORM),
    Row("sign-in/verify/", REDIRECT),
    Row("sign-in/verify/", FORM, before=ask_for_account, case="sent"),
    Row("sign-in/out/", {**CLASS, "POST": 302}, but={"visitor": {**SIGN_IN_FIRST, "POST": 302, "OPTIONS": 200}}),
    Row("sign-in/inactive/", CLASS),
    Row("sign-in/again/", REDIRECT),
    Row("sign-in/with/refused/", REDIRECT),
    Row("sign-in/with/failed/", REDIRECT),
    Row("sign-in/with/new/", REDIRECT),
    Row("sign-in/with/all/", REDIRECT),
    Row("sign-in/with/<slug:provider_id>/", NOTHING_THERE, path=lambda stage: "/sign-in/with/nobody/"),
    Row("sign-in/with/<slug:provider_id>/back/", NOTHING_THERE, path=lambda stage: "/sign-in/with/nobody/back/"),
]

VISITOR_SIGNS_IN = {"visitor": REDIRECT}
SECOND_FACTOR = [
    Row("account/second-factor/", CLASS, but=VISITOR_SIGNS_IN),
    Row("account/second-factor/sign-in/", REDIRECT),
    Row(
        "account/second-factor/sign-in/",
        {**CLASS, "POST": 200},
        but=signed_in(REDIRECT),
        before=show_factor,
        case="asked",
    ),
    Row("account/second-factor/again/", FORM, but=VISITOR_SIGNS_IN),
    Row("account/second-factor/again/passkey/", REDIRECT),
    Row("account/second-factor/app/", REDIRECT, case="set up already"),
    Row("account/second-factor/app/", FORM, but=VISITOR_SIGNS_IN, before=start_anew, case="new"),
    Row("account/second-factor/app/remove/", CHANGES, but=VISITOR_SIGNS_IN, before=prove_again),
    Row("account/second-factor/passkeys/", REDIRECT),
    Row("account/second-factor/passkeys/add/", REDIRECT, case="not proved just now"),
    Row("account/second-factor/passkeys/add/", FORM, but=VISITOR_SIGNS_IN, before=start_anew, case="new"),
    Row(
        "account/second-factor/passkeys/<int:pk>/remove/",
        {**CLASS, "POST": 302, "DELETE": 302},
        but=VISITOR_SIGNS_IN,
        path=lambda stage: f"/account/second-factor/passkeys/{PASSKEY}/remove/",
        before=prove_again,
        case="one's own",
    ),
    Row("account/second-factor/recovery/", CLASS, but=VISITOR_SIGNS_IN, before=prove_again),
    Row("account/second-factor/recovery/new/", CHANGES, but=VISITOR_SIGNS_IN, before=prove_again),
]


def for_staff(pattern: str, answers: Answers, path: Callable[[Stage], str] | None = None, case: str = "") -> Row:
    """A page of the admin: anybody but staff is sent to sign in, whatever the page and whether it exists."""
    return Row(f"admin/{pattern}", REDIRECT, but={"staff": answers}, path=path, case=case)


OBJECTS: dict[str, Callable[[Stage], object]] = {
    "networks/organisation": lambda stage: stage.there.pk,
    "networks/topic": lambda stage: stage.topics[0].pk,
    "networks/network": lambda stage: stage.networks[1].pk,
    "networks/membership": lambda stage: Membership.objects.latest("pk").pk,
    "networks/affiliation": lambda stage: Affiliation.objects.latest("pk").pk,
    "common/user": lambda stage: stage.users["author"].pk,
    "auth/group": lambda stage: stage.users["custodian"].groups.get().pk,
    "common/auditevent": lambda stage: AuditEvent.objects.get(verb="built").pk,
}


READ_ONLY = {"common/auditevent"}
NEVER_DELETED = {"networks/organisation", "networks/topic", "networks/network", "common/user", *READ_ONLY}
"""What the admin deletes, it lists first with all that hangs on it: stories, and who wrote them."""


def of_model(name: str) -> list[Row]:
    """The six pages of a model in the admin."""
    key = OBJECTS[name]

    def page(suffix: str) -> Callable[[Stage], str]:
        return lambda stage: f"/admin/{name}/{key(stage)}/{suffix}"

    return [
        for_staff(f"{name}/", ALL),
        for_staff(f"{name}/add/", FORBIDDEN if name in READ_ONLY else ALL),
        for_staff(f"{name}/<path:object_id>/history/", ALL, page("history/")),
        for_staff(f"{name}/<path:object_id>/delete/", FORBIDDEN if name in NEVER_DELETED else ALL, page("delete/")),
        for_staff(
            f"{name}/<path:object_id>/change/",
            {**ALL, "POST": 403} if name in READ_ONLY else ALL,
            page("change/"),
        ),
        for_staff(f"{name}/<path:object_id>/", REDIRECT, page("")),
    ]


def draft(stage: Stage) -> str:
    """Where Django's admin would say whether there is a story of this key."""
    story = make_story(status="draft")
    return f"/admin/r/{ContentType.objects.get_for_model(story).pk}/{story.pk}/"


LOG_OUT: Answers = {"POST": 302, "OPTIONS": 200}
ADMIN = [
    for_staff("", ALL),
    Row("admin/login/", FORBIDDEN, but={"visitor": REDIRECT, "staff": REDIRECT}),
    for_staff("logout/", LOG_OUT),
    for_staff("password_change/", FORM),
    for_staff("password_change/done/", CLASS),
    for_staff("autocomplete/", {"GET": 403, "HEAD": 403, "OPTIONS": 200}),
    for_staff("jsi18n/", CLASS),
    *(row for name in OBJECTS for row in of_model(name)),
    for_staff("^(?P<app_label>networks|common|auth)/$", ALL, lambda stage: "/admin/networks/"),
    for_staff("(?P<url>.*)$", NOTHING_THERE, lambda stage: "/admin/nowhere/"),
    for_staff("(?P<url>.*)$", NOTHING_THERE, draft, case="a story"),
]

MISSING: Answers = {**NOT_FOUND, "POST": 404}


def of_story(
    page: str, answers: Answers, before: Callable[[Client], object] = hold_written, case: str = ""
) -> list[Row]:
    """A page of a told story: for whoever shows its receipt, in whatever role; and for whoever does not."""
    pattern = f"tell/<public_id:pk>/{page}"
    refused = dict.fromkeys(answers, 404)
    return [
        Row(pattern, answers, path=held(page), before=before, case=case or "with its receipt"),
        Row(pattern, refused, path=held(page), before=let_go, case=f"{case} without its receipt".strip()),
        Row(
            pattern,
            refused,
            path=lambda stage: f"/tell/{encode(1)}/{page}",
            before=hold,
            case=f"{case} guessed".strip(),
        ),
    ]


TELLING = [
    Row("tell/", READ),
    Row("tell/before/", READ),
    Row("tell/progress/", {**READ, "POST": 422}, but={"visitor": SIGN_IN_FOR_ALL}),
    Row("tell/receipt/", {**READ, "POST": 422}),
    Row("tell/mine/", {**READ, "POST": 404}, but={"visitor": SIGN_IN_FOR_ALL}),
    Row(
        "tell/<slug:kind>/",
        {**READ, "POST": 422},
        but={"visitor": SIGN_IN_FOR_ALL},
        path=lambda stage: "/tell/lessons/",
    ),
    Row("tell/<slug:kind>/", MISSING, path=lambda stage: "/tell/nothing/", case="unknown"),
    *of_story("", LEADS_ON),
    *of_story("keep/", READ),
    *of_story("words/", {**READ, "POST": 302}),
    *of_story("save/", {"POST": 409}),
    *of_story("versions/", {**READ, "POST": 422}, before=hold_two_versions),
    *of_story("check/", {**READ, "POST": 422}),
    *of_story("sent/", READ, before=hold_sent),
    *of_story("hand/", {**READ, "POST": 422}),
    *of_story("look/", {**READ, "POST": 422}),
    *of_story("more/", {**READ, "POST": 302}),
    *of_story("status/", {**READ, "POST": 422}),
    # A change to what is published opens with the receipt of its story.
    *(
        Row(f"tell/<public_id:pk>/{page}", answers, path=of_change(page), before=before, case=f"of a change, {case}")
        for page, open_ in (("words/", {**READ, "POST": 302}), ("status/", {**READ, "POST": 422}))
        for answers, before, case in (
            (open_, hold_changing, "with its story's receipt"),
            (dict.fromkeys(open_, 404), let_change_go, "without its story's receipt"),
        )
    ),
]


def put_in_list(client: Client) -> None:
    """A list that this reader put in waits for its columns."""
    if user := person_of(client):
        ProjectList.objects.create(user=user, rows='{"columns": ["A"], "rows": [], "broken": []}', on=TODAY)


def listed(stage: Stage) -> str:
    kept = ProjectList.objects.first()
    return f"/projects/lists/{encode(kept.pk if kept else 1)}/"


def invite_author(client: Client) -> None:
    """The author leads a project of a list, and their address is proved."""
    author = User.objects.get(email="author@portal.example")
    EmailAddress.objects.filter(user=author).update(verified=True)
    organisation = Affiliation.objects.first().organisation
    story = make_story(status="draft", organisation=organisation)
    InvitedProject.objects.create(organisation=organisation, name="T", folded="t", lead=author.email, story=story)


def invited(stage: Stage) -> str:
    return f"/projects/{encode(InvitedProject.objects.get().pk)}/"


PROJECTS = [
    Row("projects/", NOT_FOUND_FORM, but=led_in(TEAM, SEND)),
    Row("projects/lists/<public_id:key>/", NOT_FOUND_FORM, but=led_in(TEAM, SEND), path=listed, before=put_in_list),
    Row(
        "projects/lists/<public_id:key>/",
        NOT_FOUND_FORM,
        led_in(),
        lambda stage: f"/projects/lists/{encode(1)}/",
        case="no",
    ),
    Row(
        "projects/<public_id:key>/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, "author": SEND},
        path=invited,
        before=invite_author,
    ),
    Row(
        "projects/<public_id:key>/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM},
        path=lambda stage: f"/projects/{encode(1)}/",
        case="unknown",
    ),
]

ROWS = [
    *NETWORKS,
    *EVENTS,
    *MEETING,
    *CONTACTS,
    *COFFEE,
    *DESK,
    *TELLING,
    *PROJECTS,
    *PORTAL,
    *ANSWERS,
    *MODERATION,
    *SIGN_IN,
    *SECOND_FACTOR,
    *ADMIN,
]
STORY = "stories/<public_id:pk>/"
"""The one pattern whose rows are worked out, from `cast.may_open`."""
NEVER_OPENED = {
    "account/welcome/",  # leads on
    "account/second-factor/passkeys/",
    "account/second-factor/again/passkey/",  # opened with a passkey in test_second_factor
    "admin/login/",  # leads to the code, or in
    "sign-in/again/",
    "sign-in/with/refused/",
    "sign-in/with/failed/",
    "sign-in/with/new/",
    "sign-in/with/all/",
    "sign-in/with/<slug:provider_id>/",  # where a login is configured, tried in test_organisation_login
    "sign-in/with/<slug:provider_id>/back/",
    "tell/<public_id:pk>/",  # leads to the page where one was
    "tell/<public_id:pk>/save/",  # saves what the script sends, and these rows send nothing
    "sign-in/start/",  # these three lead elsewhere
    "sign-in/forgotten/",
    "sign-in/address/",
    *(f"admin/{name}/<path:object_id>/" for name in OBJECTS),
    "admin/logout/",  # signs out by POST, like everything that changes something
    "admin/autocomplete/",  # no field uses it
    *(f"admin/{name}/<path:object_id>/delete/" for name in NEVER_DELETED),
    *(f"admin/{name}/add/" for name in READ_ONLY),
    "admin/(?P<url>.*)$",  # everything else
}
"""The patterns that answer nobody with success."""
