"""Writing to an author who has no name. The same page, the same steps and the same sentence for every such story, in
whatever state it is and whoever wrote it.

A visitor writes first. What they typed waits in their session while they sign in by a code, and is sent from a page
with one button, as for people with a name.
"""

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.fields import CountedText
from learning_portal.common.limits import Rate
from networks.asking_page import forget_typed, keep_typed, typed_before
from networks.introduction_forms import LineField
from networks.introductions import NotAsked, place_of

from ..actions import Refused, meet
from ..models import Story
from ..models.asking import LONGEST

QUESTIONS = Rate("questions to authors", 5, 24 * 60 * 60)
"""A day, of one person, to authors who have no name."""


class QuestionForm(forms.Form):
    name = LineField(
        label=_("Your name"),
        limit=120,
        error_messages={"required": _("Type your name: they see who asks")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
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

    def __init__(self, data, *, name: str):
        super().__init__(data)
        if name:
            del self.fields["name"]


def ask_author(request: HttpRequest, story: Story) -> HttpResponse:
    """For a story without a name that this reader may open."""
    name = request.user.name if request.user.is_authenticated else ""
    kept = typed_before(request)
    if request.method != "POST":
        form = QuestionForm(kept, name=name)
        if kept and request.user.is_authenticated and "change" not in request.GET and form.is_valid():
            return _page(request, story, form, template="stories/question_confirm.html")
        return _page(request, story, form)
    form = QuestionForm(kept if "kept" in request.POST else request.POST, name=name)
    if not form.is_bound:
        return redirect(request.path)  # it was sent in another window
    if not form.is_valid():
        return _page(request, story, form, status=422)
    if not request.user.is_authenticated:
        keep_typed(request, QuestionForm.base_fields)
        return redirect_to_login(request.path)
    return _send(request, story, form)


def _send(request: HttpRequest, story: Story, form: QuestionForm) -> HttpResponse:
    """To the author from who works at a listed body, else to the matching desk: which of the two says nothing of the
    story."""
    if QUESTIONS.take(str(request.user.pk)):
        form.add_error(None, _("You have written to five authors today. Try again tomorrow."))
        return _page(request, story, form, status=422)
    verb = meet.put_question if place_of(request.user).is_listed else meet.ask_desk_about
    try:
        verb(by=request.user, story=story, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
    except NotAsked as refused:
        form.add_error(None, refused.why.label)
    else:
        forget_typed(request)
        return redirect("stories:question-sent", story.pk)
    return _page(request, story, form, status=422)


def _page(
    request: HttpRequest,
    story: Story,
    form: QuestionForm,
    template: str = "stories/question_new.html",
    status: int = 200,
) -> HttpResponse:
    is_known = request.user.is_authenticated
    context = {"story": story, "form": form, "to_desk": is_known and not place_of(request.user).is_listed}
    response = render(request, template, context, status=status)
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
    context = {"story": story, "to_desk": not place_of(request.user).is_listed}
    return render(request, "stories/question_sent.html", context)
