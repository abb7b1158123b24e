"""Pages that stand at the same address with any data."""

PATHS = {
    "home": "/",
    "stories": "/stories/",
    "stories filtered": "/stories/?outcome=failed&outcome=mixed&nation=1",
    "stories found": "/stories/?q=tablets+signal",
    "stories not found": "/stories/?q=zyzzyva",
    "topics": "/topics/",
    "people": "/people/",
    "people filtered": "/people/?format=visit&sector=1",
    "people not found": "/people/?format=secondment&language=bfi&sector=3",
    "people to meet": "/people/meet/?topic=poor-signal",
    "nobody to meet": "/people/meet/",
    "organisations": "/organisations/",
    "organisations found": "/organisations/?q=council",
    "organisations not found": "/organisations/?q=zyzzyva",
    "about": "/about/",
    "how": "/how-we-work-this-out/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "cookies": "/cookies/",
    "feedback": "/feedback/",
    "sign-in": "/sign-in/",
    "new account": "/sign-in/new/",
    "tell": "/tell/",
    "before you start": "/tell/before/",
    "type a receipt": "/tell/receipt/",
    "not found": "/no/such/page/",
}

OPENED_BY = {"visitor": tuple(PATHS)}
"""Who opens what."""
