from django.urls import path

from .views import convening, interests, joining, networks, questions, resting, sponsorships, work

app_name = "networks"
urlpatterns = [
    path("account/welcome/", interests.welcome, name="welcome"),
    path("account/interests/", interests.interests, name="interests"),
    path("account/where-you-work/", work.work, name="work"),
    path("account/where-you-work/ask/", work.ask, name="work-ask"),
    path("account/where-you-work/left/<int:pk>/", work.leave, name="work-leave"),
    path("colleagues/", sponsorships.sponsorship_list, name="sponsorship-list"),
    path("colleagues/<public_id:pk>/", sponsorships.sponsorship_detail, name="sponsorship-detail"),
    # --- Networks. The page of each shows its stories, and so stands in stories ---
    path("networks/", networks.network_list, name="network-list"),
    path("networks/new/", networks.create, name="network-new"),
    path("networks/proposed/<public_id:key>/", networks.proposed, name="proposed"),
    path("networks/elsewhere/new/", networks.elsewhere, name="network-elsewhere"),
    path("networks/invitations/<public_id:key>/", joining.invitation, name="invitation"),
    path("networks/still/<str:token>/", resting.still, name="still"),
    path("networks/<slug:slug>/edit/", networks.edit, name="network-edit"),
    path("networks/<slug:slug>/join/", joining.join, name="network-join"),
    path("networks/<slug:slug>/join/take-back/", joining.take_back, name="network-join-back"),
    path("networks/<slug:slug>/leave/", joining.leave, name="network-leave"),
    path("networks/<slug:slug>/move/", joining.go_along, name="network-move"),
    path("networks/<slug:slug>/members/", convening.members, name="network-members"),
    path("networks/<slug:slug>/rest/", resting.rest, name="network-rest"),
    path("networks/<slug:slug>/ask/", questions.ask, name="question-new"),
    path("networks/<slug:slug>/questions/<public_id:key>/", questions.question, name="question"),
    path("networks/<slug:slug>/posts/<public_id:key>/", questions.take_back_post, name="post-back"),
]
