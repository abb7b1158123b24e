"""Search, by words and by meaning: pages call `rank`, writes call `index`; docs/search.md says how it works."""
