// First in <body>, before anything is drawn: collapsed parts must not flash open.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
