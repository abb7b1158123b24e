from django.urls import path

from .views import calendars, events, interests, sponsorships, work

app_name = "networks"
urlpatterns = [
    path("account/welcome/", interests.welcome, name="welcome"),
    path("account/interests/", interests.interests, name="interests"),
    path("account/where-you-work/", work.work, name="work"),
    path("account/where-you-work/ask/", work.ask, name="work-ask"),
    path("account/where-you-work/left/<int:pk>/", work.leave, name="work-leave"),
    path("colleagues/", sponsorships.sponsorship_list, name="sponsorship-list"),
    path("colleagues/<public_id:pk>/", sponsorships.sponsorship_detail, name="sponsorship-detail"),
    # --- Events: their pages with stories are in stories ---
    path("events/new/", events.create, name="event-new"),
    path("events/<public_id:key>/edit/", events.edit, name="event-edit"),
    path("events/<public_id:key>/cancel/", events.cancel, name="event-cancel"),
    path("events/<public_id:key>/attendance/", events.attendance, name="event-attendance"),
    path("events/<public_id:key>/come/", events.come, name="event-come"),
    path("events/<public_id:key>/calendar/", calendars.event_file, name="event-file"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendars.feed, name="calendar-feed"),
]
