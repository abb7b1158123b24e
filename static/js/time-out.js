// <div data-module="lp-time-out" data-idle="1800" data-ends="1790000000" ...>: says two minutes before a session ends, once
// and politely. Works without: then the sign-in page says afterwards what happened.

const WARN = 120

export function enhanceTimeOut (scope) {
  const box = scope.querySelector('[data-module="lp-time-out"]')
  if (!box) return
  const words = box.querySelector('[role="status"]')
  const stay = box.querySelector('button')
  const ends = Number(box.dataset.ends) * 1000
  const idle = Number(box.dataset.idle || 0) * 1000
  let seen = Date.now()
  let said = ''

  const say = (kind, text) => {
    if (said === kind) return
    said = kind
    words.textContent = text
    box.classList.toggle('govuk-visually-hidden', !text)
    stay.hidden = kind !== 'idle'
  }
  stay.addEventListener('click', async () => {
    const answer = await fetch(box.dataset.here, { credentials: 'same-origin', redirect: 'manual' }).catch(() => null)
    if (answer && answer.status === 200) seen = Date.now()
    look()
  })
  function look () {
    const now = Date.now()
    const quiet = idle ? seen + idle : Infinity
    if (Math.min(ends, quiet) - now > WARN * 1000) say('', '')
    else if (Math.min(ends, quiet) <= now) say('over', box.dataset.over)
    else if (ends <= quiet) say('end', box.dataset.end)
    else say('idle', box.dataset.warn)
  }
  // Timers sleep with the device: the clock is asked, not counted.
  setInterval(look, 5000)
  document.addEventListener('visibilitychange', look)
}
