"""The story from which somebody asked to meet, for whoever may read it."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.http import urlencode

from learning_portal.common.models import User
from networks.began import Began
from networks.models import Introduction

from .access import Reader
from .models import Story, StoryIntroduction


def story_of(introduction: Introduction, reader: Reader) -> Story | None:
    """From which it came, if this reader may read it now."""
    link = StoryIntroduction.objects.filter(introduction=introduction).values_list("story", flat=True)
    return Story.objects.visible_to(reader).published().for_cards().filter(pk__in=link).first()


def story_before(introduction: Introduction, reader: User | None) -> Began | None:
    """The same for the page on which a host answers, which opens from a mail without signing in: by its title what
    everybody may read, and without it what this person may read who signs in."""
    if story := story_of(introduction, AnonymousUser()):
        return Began(story.get_absolute_url(), story.content.title, story.language)
    if reader and (story := story_of(introduction, reader)):
        return Began(f"{reverse('account_login')}?{urlencode({'next': story.get_absolute_url()})}")
    return None
