// Everything here improves a page that already works without it.

import { createAll, Button, CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink } from './govuk-frontend.js'
import { enhanceCopyButtons } from './copy.js'
import { foldFilters } from './filters.js'

function enhance (scope) {
  for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
    createAll(component, {}, scope)
  }
  enhanceCopyButtons(scope)
  foldFilters(scope)
  if (scope.querySelector('input[data-module="lp-organisation"]')) {
    // The autocomplete is the largest script, and few pages have the field.
    import('./organisation.js').then(module => module.enhanceOrganisationFields(scope))
  }
}

enhance(document)
document.addEventListener('htmx:load', event => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt)
})
