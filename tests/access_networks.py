"""Networks in the table of access."""

from __future__ import annotations

from collections.abc import Callable

from learning_portal.common.public_ids import encode
from networks.models import Network
from networks.network_life import STILL_WANTED
from tests.access_rows import Row
from tests.cast import Stage
from tests.factories import (
    TODAY,
    AdmissionFactory,
    NetworkFactory,
    NetworkPostFactory,
    QuestionChoiceFactory,
)

VERIFIED = ("member", "front_line", "government", "moderator", "front_line_moderator")
"""Who may join, and is in no network yet."""
NOBODYS = "0000000000001"


AS_IT_IS = {"state": "active", "how_to_join": "approval", "rest_asked_on": None, "rest_thread": None}
"""Whatever an earlier row made of it."""


def ours(page: str = "", **changed) -> Callable[[Stage], str]:
    """A page of the network of which `network` is a member, and which `convenor` convenes."""

    def path(stage: Stage) -> str:
        network = stage.networks[0]
        Network.objects.filter(pk=network.pk).update(**{**AS_IT_IS, **changed})
        return f"/networks/{network.slug}/{page}"

    return path


def of_another(page: str = "", **fields) -> Callable[[Stage], str]:
    return lambda stage: f"/networks/{NetworkFactory(slug='a-third', **fields).slug}/{page}"


def elsewhere(page: str = "") -> Callable[[Stage], str]:
    return of_another(page, how_to_join="elsewhere", elsewhere_url="https://network.example/")


def proposed_by_member(stage: Stage) -> str:
    network = NetworkFactory(state="proposed")
    proposer = stage.users["member"]
    asked = AdmissionFactory(network=network, user=None, address="a@body.example", kind="convene", by=proposer)
    return f"/networks/proposed/{encode(asked.pk)}/"


def invitation_of_network(stage: Stage) -> str:
    asker, asked = stage.users["convenor"], stage.users["network"]
    invited = AdmissionFactory(network=stage.networks[0], user=asked, kind="convene", by=asker)
    return f"/networks/invitations/{encode(invited.pk)}/"


def taken_back(stage: Stage) -> str:
    asker, asked = stage.users["convenor"], stage.users["network"]
    fields = {"network": stage.networks[0], "user": asked, "kind": "convene", "by": asker, "taken_back_on": TODAY}
    return f"/networks/invitations/{encode(AdmissionFactory(**fields).pk)}/"


def asked_by_member(stage: Stage) -> str:
    AdmissionFactory(network=stage.networks[0], user=stage.users["member"])
    return ours("join/take-back/")(stage)


def quiet(stage: Stage) -> str:
    Network.objects.filter(pk=stage.networks[0].pk).update(rest_asked_on=TODAY, rest_thread=5)
    return f"/networks/still/{STILL_WANTED.token_for(5, stage.users['convenor'].pk)}/"


def question(stage: Stage) -> str:
    choice = QuestionChoiceFactory(question__network=stage.networks[0])
    return f"/networks/{stage.networks[0].slug}/questions/{encode(choice.question.pk)}/"


def post_of_network(stage: Stage) -> str:
    said = NetworkPostFactory(network=stage.networks[0], by=stage.users["network"])
    return f"/networks/{stage.networks[0].slug}/posts/{encode(said.pk)}/"


def rows() -> list[Row]:
    read, missing = {"GET": 200, "HEAD": 200}, {"GET": 404, "HEAD": 404}
    form, missing_form = {**read, "POST": 422}, {**missing, "POST": 404}
    leads_on = {"GET": 302, "HEAD": 302, "POST": 302}
    visitor = {"visitor": leads_on}
    sends, nothing = {"POST": 302}, {"POST": 404}

    def of_network(page: str, everybody, but=None, path=None, case: str = "") -> Row:
        return Row(f"networks/<slug:slug>/{page}", everybody, but or {}, path or ours(page), case=case)

    def for_convenor(page: str) -> Row:
        return of_network(page, missing_form, {**visitor, "convenor": form})

    members = {"network": {**read, "POST": 404}, "convenor": form}
    press = {"visitor": sends, "network": sends, "convenor": sends}
    may_join = {role: {**read, "POST": 302} for role in VERIFIED}
    return [
        Row("networks/", read),
        Row("networks/new/", leads_on, dict.fromkeys([*VERIFIED, "network"], form)),
        Row("networks/proposed/<public_id:key>/", missing_form, {**visitor, "member": form}, proposed_by_member),
        Row(
            "networks/proposed/<public_id:key>/",
            missing_form,
            visitor,
            lambda stage: f"/networks/proposed/{NOBODYS}/",
            case="unknown",
        ),
        Row("networks/elsewhere/new/", missing_form, {**visitor, "programme_team": form}),
        Row("networks/invitations/<public_id:key>/", missing_form, {**visitor, "network": form}, invitation_of_network),
        Row(
            "networks/invitations/<public_id:key>/",
            missing_form,
            {**visitor, "network": dict.fromkeys(["GET", "HEAD", "POST"], 410)},
            taken_back,
            case="taken back",
        ),
        Row(
            "networks/invitations/<public_id:key>/",
            missing_form,
            visitor,
            lambda stage: f"/networks/invitations/{NOBODYS}/",
            case="unknown",
        ),
        Row("networks/still/<str:token>/", form, path=quiet),
        Row("networks/still/<str:token>/", missing_form, path=lambda stage: "/networks/still/guess/", case="guessed"),
        of_network("", read),
        of_network("", read, path=ours(state="resting"), case="resting"),
        of_network("", missing, path=of_another(state="proposed"), case="proposed"),
        of_network("", missing, path=lambda stage: "/networks/nowhere/", case="unknown"),
        of_network("", read, path=elsewhere(), case="elsewhere"),
        for_convenor("edit/"),
        of_network("edit/", missing_form, {**visitor, "programme_team": form}, elsewhere("edit/"), case="elsewhere"),
        of_network("join/", leads_on, may_join, case="by approval"),
        of_network("join/", leads_on, may_join, ours("join/", how_to_join="open"), case="open"),
        of_network("join/", missing_form, visitor, of_another("join/", state="resting"), case="resting"),
        of_network("join/", missing_form, visitor, of_another("join/", state="proposed"), case="proposed"),
        of_network("join/", missing_form, visitor, elsewhere("join/"), case="elsewhere"),
        of_network("join/take-back/", nothing, {"visitor": sends, "member": sends}, asked_by_member),
        of_network("leave/", nothing, press),
        of_network("move/", nothing, press),
        of_network("members/", missing_form, {**visitor, **members}),
        of_network("members/", missing_form, visitor, of_another("members/"), case="another's"),
        for_convenor("rest/"),
        for_convenor("ask/"),
        of_network(
            "questions/<public_id:key>/", missing_form, {**visitor, "network": form, "convenor": form}, question
        ),
        of_network("posts/<public_id:key>/", nothing, press, post_of_network),
        of_network(
            "posts/", nothing, {"visitor": sends, "network": {"POST": 422}, "convenor": {"POST": 422}}, case="ours"
        ),
        of_network("posts/", nothing, {"visitor": sends}, of_another("posts/"), case="another's"),
    ]


NETWORKS = rows()
