from django.urls import path

from .views import answers, cards, directory, interests, introductions, meeting_answer, sponsorships, work

app_name = "networks"
urlpatterns = [
    path("account/welcome/", interests.welcome, name="welcome"),
    path("account/interests/", interests.interests, name="interests"),
    path("account/where-you-work/", work.work, name="work"),
    path("account/where-you-work/ask/", work.ask, name="work-ask"),
    path("account/where-you-work/left/<int:pk>/", work.leave, name="work-leave"),
    path("account/card/", cards.card, name="card"),
    path("account/card/<slug:section>/", cards.section, name="card-section"),
    path("card/answer/<str:token>/", answers.still, name="card-answer"),
    path("people/", directory.people, name="people"),
    path("people/left/<str:token>/", answers.left, name="left-answer"),
    path("colleagues/", sponsorships.sponsorship_list, name="sponsorship-list"),
    path("colleagues/<public_id:pk>/", sponsorships.sponsorship_detail, name="sponsorship-detail"),
    # --- Asking to meet ---
    path("people/<public_id:key>/ask/", introductions.person_ask, name="person-ask"),
    path("meet/sent/<public_id:key>/", introductions.introduction_sent, name="introduction-sent"),
    path("meet/answer/<str:token>/", meeting_answer.meet_answer, name="meet-answer"),
    path("meet/reports/", introductions.meeting_reports, name="meeting-reports"),
]
