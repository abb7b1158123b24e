// Filters that apply at once, where htmx runs.

// htmx says so itself: until then the button applies them, and without it too.
document.addEventListener('htmx:load', event => {
  if (event.detail.elt === document.body) document.body.classList.add('lp-live')
})

// New counts come with new groups: those that somebody opened stay open.
document.addEventListener('htmx:oobBeforeSwap', event => {
  const { target, fragment } = event.detail
  for (const group of target.querySelectorAll('details[open][id]')) {
    fragment.querySelector(`#${group.id}`)?.setAttribute('open', '')
  }
})

// On a phone the results are there already, below the filters: the button folds the filters and leads to them.
export function enhanceFilters (scope) {
  scope.querySelector('#apply')?.addEventListener('click', event => {
    if (!document.body.classList.contains('lp-live')) return
    event.preventDefault()
    document.getElementById('filters').dispatchEvent(new Event('lp:fold'))
    const number = document.getElementById('number')
    number.focus({ preventScroll: true })
    number.scrollIntoView()
  })
}
