from django.urls import path

from .views import coffee, coffee_pair, interests, sponsorships, work

app_name = "networks"
urlpatterns = [
    path("account/welcome/", interests.welcome, name="welcome"),
    path("account/interests/", interests.interests, name="interests"),
    path("account/where-you-work/", work.work, name="work"),
    path("account/where-you-work/ask/", work.ask, name="work-ask"),
    path("account/where-you-work/left/<int:pk>/", work.leave, name="work-leave"),
    path("colleagues/", sponsorships.sponsorship_list, name="sponsorship-list"),
    path("colleagues/<public_id:pk>/", sponsorships.sponsorship_detail, name="sponsorship-detail"),
    path("coffee/<public_id:key>/", coffee_pair.coffee_pair, name="coffee-pair"),
    path("coffee/met/<str:token>/", coffee_pair.coffee_met, name="coffee-met"),
    path("networks/<slug:slug>/coffee/", coffee.coffee, name="coffee"),
    path("networks/<slug:slug>/coffee/rounds/", coffee.coffee_series, name="coffee-series"),
    path("networks/<slug:slug>/coffee/preview/", coffee.coffee_preview, name="coffee-preview"),
]
