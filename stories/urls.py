from django.urls import path

from .views import browse, organisations, plans, story, topics
from .views.telling import adding, after, again, begin, check, handing, progress, write

app_name = "stories"
urlpatterns = [
    path("plan/", plans.create, name="plan-create"),
    path("plan/shared/<str:token>/", plans.shared, name="plan-shared"),
    path("plan/<str:key>/", plans.detail, name="plan-detail"),
    path("plan/<str:key>/text/", plans.as_text, name="plan-text"),
    path("plan/<str:key>/share/", plans.share, name="plan-share"),
    path("stories/", browse.story_list, name="story-list"),
    path("stories/<public_id:pk>/", story.detail, name="story-detail"),
    path("topics/", topics.topic_list, name="topic-list"),
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path("organisations/suggest/", organisations.organisation_suggest, name="organisation-suggest"),
    path("organisations/<str:code>/", organisations.detail, name="organisation-detail"),
    path("tell/", begin.start, name="tell-start"),
    path("tell/before/", begin.before, name="tell-before"),
    path("tell/receipt/", again.receipt, name="tell-receipt"),
    path("tell/progress/", progress.progress, name="tell-progress"),
    path("tell/mine/", again.mine, name="tell-mine"),
    path("tell/<public_id:pk>/", write.overview, name="tell-overview"),
    path("tell/<public_id:pk>/keep/", write.keep, name="tell-keep"),
    path("tell/<public_id:pk>/words/", write.write, name="tell-words"),
    path("tell/<public_id:pk>/save/", write.save, name="tell-save"),
    path("tell/<public_id:pk>/versions/", write.versions, name="tell-versions"),
    path("tell/<public_id:pk>/check/", check.check, name="tell-check"),
    path("tell/<public_id:pk>/hand/", handing.hand, name="tell-hand"),
    path("tell/<public_id:pk>/look/", handing.look, name="tell-look"),
    path("tell/<public_id:pk>/sent/", after.sent, name="tell-sent"),
    path("tell/<public_id:pk>/more/", adding.more, name="tell-more"),
    path("tell/<public_id:pk>/status/", after.status, name="tell-status"),
    path("tell/<slug:kind>/", begin.voice, name="tell-voice"),
]
