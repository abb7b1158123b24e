// Saves a form while one writes, and says so: "Saved" once, politely; "Not saved since 10:42" while it fails.
// <form data-module="lp-autosave" data-url="…/save/" data-versions="…/versions/" …>: its hidden field "read" names the
// draft that it was typed into, and the answer brings the next number.

const PAUSE = 2000 // after the last key
const AGAIN = 10000 // after a save that failed

function clock () {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

function announcer (form) {
  const region = document.createElement('p')
  region.className = 'govuk-visually-hidden'
  region.setAttribute('role', 'status')
  form.append(region)
  return words => { if (region.textContent !== words) region.textContent = words }
}

function enhanceForm (form) {
  const { url, versions, saved, savedAt, failed, never, stale, look } = form.dataset
  const read = form.elements.namedItem('read')
  const line = form.querySelector('[data-autosave-visible]')
  const announce = announcer(form)
  let timer, last, sent, busy, stopped, leaving

  const words = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== 'then'))
  // What was typed, without the number and the token.
  const typed = () => [...words()].filter(([name]) => name !== 'read' && name !== 'csrfmiddlewaretoken').join('\n')
  sent = typed()

  function show (text, isFailure) {
    line.hidden = false
    line.textContent = text
    line.classList.toggle('lp-autosave--failed', isFailure)
  }

  function succeed (number) {
    read.value = number
    last = clock()
    show(savedAt.replace('%s', last), false)
    announce(saved)
  }

  function fail () {
    const text = last ? failed.replace('%s', last) : never
    show(text, true)
    announce(text)
    timer = setTimeout(save, AGAIN)
  }

  // Another window wrote meanwhile: both versions are kept, and the writer chooses.
  function stop () {
    stopped = true
    show(`${stale} `, true)
    const link = document.createElement('a')
    link.className = 'govuk-link'
    link.href = versions
    link.textContent = look
    line.append(link)
    announce(line.textContent)
  }

  async function save () {
    clearTimeout(timer)
    const now = typed()
    if (busy || stopped || now === sent) return
    busy = true
    try {
      const response = await fetch(url, { method: 'POST', body: words(), credentials: 'same-origin', redirect: 'error' })
      const answer = await response.json()
      if (answer.stale) stop()
      else if (response.ok) { sent = now; succeed(answer.number) } else fail()
    } catch {
      fail()
    }
    busy = false
    if (leaving) { form.requestSubmit(leaving); return }
    if (!stopped && typed() !== sent && sent === now) wait()
  }

  function wait () {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  }

  form.addEventListener('input', wait)
  form.addEventListener('change', wait)
  // A submission waits for a save on its way: it would name a number that is old by then.
  form.addEventListener('submit', event => {
    clearTimeout(timer)
    if (busy) { leaving = event.submitter; event.preventDefault() }
    stopped = true
  })
  // What was typed before this script arrived has not been sent either.
  if ([...form.elements].some(field => field.matches('textarea, [type=text]') && field.value !== field.defaultValue)) {
    sent = ''
    wait()
  }
}

export function enhanceAutosave (scope) {
  scope.querySelectorAll('form[data-module="lp-autosave"]').forEach(enhanceForm)
}
