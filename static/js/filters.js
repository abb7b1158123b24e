// Filters are folded on a phone, where results come first, and open on a wide screen.

const wide = window.matchMedia('(min-width: 48.0625em)')

export function foldFilters (scope) {
  const folds = scope.querySelectorAll('details.lp-filters__fold')
  for (const fold of folds) {
    fold.open = wide.matches
    wide.addEventListener('change', () => { fold.open = wide.matches })
  }
}
