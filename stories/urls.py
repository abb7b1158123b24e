from django.urls import path

from .views import (
    browse,
    collections,
    curate,
    history,
    leaving,
    organisations,
    plans,
    pledge,
    report,
    reports,
    story,
    thanks,
    topics,
)

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
    # --- What readers say of a story, and what they are answered ---
    path("stories/<public_id:pk>/report/", report.report, name="report-new"),
    path("stories/<public_id:pk>/report/sent/", report.sent, name="report-sent"),
    path("stories/<public_id:pk>/reply/", report.reply, name="reply-new"),
    path("stories/<public_id:pk>/helped/", thanks.say, name="helped"),
    path("stories/<public_id:pk>/note/", thanks.note, name="story-note"),
    path("stories/<public_id:pk>/history/", history.story_history, name="story-history"),
    path("stories/<public_id:pk>/curate/", curate.curate, name="story-curate"),
    path("collections/", collections.collection_list, name="collection-list"),
    path("collections/new/", collections.create, name="collection-new"),
    path("collections/<slug:slug>/", collections.detail, name="collection-detail"),
    path("collections/<slug:slug>/edit/", collections.edit, name="collection-edit"),
    path("organisations/<str:code>/pledge/", pledge.pledge, name="pledge"),
    path("account/delete/", leaving.delete_account, name="account-delete"),
    path("moderation/reports/", reports.report_list, name="report-list"),
    path("moderation/reports/<public_id:key>/", reports.report_detail, name="report-detail"),
    path("moderation/replies/<public_id:key>/", reports.reply_decide, name="reply-decide"),
]
