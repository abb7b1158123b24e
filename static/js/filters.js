// Without script the filters stand open. With script a phone folds them away: results first.

const wide = window.matchMedia('(min-width: 48.0625em)')

export function foldFilters (scope) {
  const folds = scope.querySelectorAll('details.lp-filters__fold')
  for (const fold of folds) {
    fold.open = wide.matches
    wide.addEventListener('change', () => { fold.open = wide.matches })
  }
}
