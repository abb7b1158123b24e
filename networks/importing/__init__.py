"""Registers, vocabularies and stories out of files. Only `networks.actions` and `stories.importing.run` write."""
