"""Search, by words and by meaning. `rank` is what pages call, `index` what writes call; docs/search.md says how it works."""
