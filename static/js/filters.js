// Filters are folded on a phone, where results come first, and open on a wide screen.

const wide = window.matchMedia('(min-width: 48.0625em)')

export function foldFilters (scope) {
  const folds = scope.querySelectorAll('details.lp-filters__fold')
  for (const fold of folds) {
    fold.open = wide.matches
    wide.addEventListener('change', () => { fold.open = wide.matches })
  }
}

// New counts come with new groups: those that somebody opened stay open.
document.addEventListener('htmx:oobBeforeSwap', event => {
  const { target, fragment } = event.detail
  for (const group of target.querySelectorAll('details[open][id]')) {
    fragment.querySelector(`#${group.id}`)?.setAttribute('open', '')
  }
})
