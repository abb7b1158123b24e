"""Asking to meet, from a story; and writing to an author who has no name."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.fields import CountedText
from learning_portal.common.limits import Rate
from networks.asking_page import Asking, ask_page
from networks.introductions import place_of
from networks.introductions.hosts import is_reachable
from networks.models import Contact

from .. import plans
from ..access import Reader
from ..actions import Refused, meet
from ..models import Story, StoryContact
from ..models.asking import LONGEST
from .plans import contacts_of

QUESTIONS = Rate("questions to authors", 5, 24 * 60 * 60)
"""A day, of one person, to authors who have no name."""
PLAN_KEY = "asking_with_plan"
"""In the session: which of their plans the reader came with, while the page is open."""


class QuestionForm(forms.Form):
    text = CountedText(
        label=_("What would you like to ask?"),
        help_text=_("They see your words, your name and where you work. You do not see theirs."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write what you would like to ask"),
            "max_length": _("Shorten this to %(limit_value)s characters or fewer"),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the contact of a named story to meet, or write to the author of another; a 404 for a story that one may not
    read, and where there is nobody to ask."""
    visible = Story.objects.visible_to(request.user).published()
    story = get_object_or_404(visible.for_cards(), pk=pk)
    if not story.is_named:
        return _ask_author(request, story)
    host = host_of(contacts_of([story]).get(story.pk), request.user)
    if host is None:
        raise Http404("Nobody would get it.")
    _keep_plan(request)
    plan = plans.find(request.session, request.session.get(PLAN_KEY, ""))
    asking = Asking(
        host,
        lambda asked, to_desk: meet.ask_about(by=request.user, story=story, host=host, request=asked, to_desk=to_desk),
        back=story.get_absolute_url(),
        plan=plan.text if plan else "",
        topics=list(story.topics.all()),
        context={"story": story},
    )
    return ask_page(request, asking)


def _keep_plan(request: HttpRequest) -> None:
    key = request.GET.get("plan", "")
    if key and plans.find(request.session, key) and request.session.get(PLAN_KEY) != key:
        request.session[PLAN_KEY] = key


def host_of(found: StoryContact | None, reader: Reader) -> Contact | None:
    """Whom this reader may ask about a story: its contact, if their card is living and leads to somebody."""
    if found is None:
        return None
    cards = Contact.objects.visible_to(reader).living(timezone.localdate()).select_related("user", "organisation")
    host = cards.filter(pk=found.contact_id).first()
    return host if host and is_reachable(host) else None


@login_required
def _ask_author(request: HttpRequest, story: Story) -> HttpResponse:
    """The same page, the same steps and the same sentence for every story without a name, in whatever state it is and
    whoever wrote it."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    is_listed = place_of(request.user).is_listed
    if form.is_valid() and not is_listed:
        form.add_error(None, _("Say first where you work: authors hear from people at public bodies only"))
    if form.is_valid() and QUESTIONS.take(str(request.user.pk)):
        form.add_error(None, _("You have written to five authors today. Try again tomorrow."))
    if form.is_valid():
        try:
            meet.put_question(by=request.user, story=story, text=form.cleaned_data["text"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("stories:question-sent", story.pk)
    context = {"story": story, "form": form, "is_listed": is_listed}
    response = render(request, "stories/question_new.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "HEAD"])
@login_required
def question_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next. It says the same to whoever has sent nothing."""
    visible = Story.objects.visible_to(request.user).published()
    story = get_object_or_404(visible.for_cards(), pk=pk)
    if story.is_named:
        raise Http404("There is somebody to ask.")
    return render(request, "stories/question_sent.html", {"story": story})
