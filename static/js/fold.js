// A part of a page that is folded on a phone and always open on a wide screen, where the button would do nothing.
// <button data-module="lp-fold" aria-controls="part" data-hide="Hide" hidden>Show</button>, or a link to #part, which
// leads there without script (then the style hides the part until it is the target). data-open: open at first.

const wide = window.matchMedia('(min-width: 48.0625em)')

function buttonOf (control) {
  if (control instanceof HTMLButtonElement) return control
  const button = document.createElement('button')
  button.type = 'button'
  button.className = control.className
  button.textContent = control.textContent
  button.dataset.hide = control.dataset.hide
  button.setAttribute('aria-controls', control.hash.slice(1))
  control.replaceWith(button)
  return button
}

function enhance (control) {
  const button = buttonOf(control)
  const part = document.getElementById(button.getAttribute('aria-controls'))
  const words = button.textContent
  const section = part.closest('section')
  const isTarget = () => part.matches(':target') || Boolean(section?.querySelector(':target'))
  let open = 'open' in button.dataset || isTarget()

  function show () {
    button.hidden = wide.matches
    button.setAttribute('aria-expanded', open)
    button.textContent = open ? button.dataset.hide : words
    part.hidden = !open && !wide.matches
  }
  function turn (value) {
    open = value
    show()
  }
  button.addEventListener('click', () => turn(!open))
  part.addEventListener('lp:fold', () => turn(false))
  wide.addEventListener('change', show)
  // A link of the page's own leads to what is folded, or to its heading.
  window.addEventListener('hashchange', () => { if (isTarget()) turn(true) })
  part.dataset.folds = ''
  show()
}

export function enhanceFolds (scope) {
  scope.querySelectorAll('[data-module="lp-fold"]').forEach(enhance)
}
