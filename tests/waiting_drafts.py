"""python -m tests.waiting_drafts N: moderators, and N drafts that lack nothing but the last button.

For portals of real processes. Prints one line of JSON: of each draft its key, its public id and its author's receipt.
"""

import json
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    django.setup()
    from stories.actions import tell
    from stories.choices import Voice
    from tests.factories import TopicFactory
    from tests.stories.holding import FULL
    from tests.stories.telling import moderators, teller

    moderators(3)
    author, topic = teller(), TopicFactory(group="problem")
    drafts = []
    for number in range(int(sys.argv[1])):
        voice = Voice.values[number % 3]
        story, receipt = tell.start_story(by=author, kind="lessons", voice=voice, language="en")
        words = {"telling": "lessons", **FULL, "title": f"Tablets, round {number}", "topic": topic.slug}
        tell.save_draft(story=story, words=words, read=0)
        drafts.append((story.pk, story.public_id, receipt))
    print(json.dumps(drafts))


if __name__ == "__main__":
    main()
