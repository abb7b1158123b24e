"""Links in mails about coffee rounds that work without signing in."""

from learning_portal.common.one_button import Purpose

MET = Purpose("coffee met", 60)
"""Whether somebody met those they were put together with: the key is that of their seat."""
