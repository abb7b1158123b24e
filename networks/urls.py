from django.urls import path

from .views import interests, sponsorships, work

app_name = "networks"
urlpatterns = [
    path("account/welcome/", interests.welcome, name="welcome"),
    path("account/interests/", interests.interests, name="interests"),
    path("account/where-you-work/", work.work, name="work"),
    path("account/where-you-work/ask/", work.ask, name="work-ask"),
    path("account/where-you-work/left/<int:pk>/", work.leave, name="work-leave"),
    path("colleagues/", sponsorships.sponsorship_list, name="sponsorship-list"),
    path("colleagues/<public_id:pk>/", sponsorships.sponsorship_detail, name="sponsorship-detail"),
]
