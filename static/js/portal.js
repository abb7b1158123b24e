// Everything here improves a page that already works without it.

import { createAll, Button, CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink } from './govuk-frontend.js'
import { enhanceCopyButtons } from './copy.js'
import { enhanceFilters } from './filters.js'
import { enhanceFolds } from './fold.js'
import { enhancePasskeys } from './passkey.js'
import { enhancePrintButtons } from './print.js'
import { enhanceTimeOut } from './time-out.js'

// Browsers that know no Welsh would write 1000 for 1,000: figures look the same in both languages.
function separateThousands (counter) {
  if (Intl.NumberFormat.supportedLocalesOf(counter.i18n.locale).length) return
  counter.i18n.locale = 'en-GB'
  counter.updateCountMessage()
}

function enhance (scope) {
  for (const component of [Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
    createAll(component, {}, scope)
  }
  createAll(CharacterCount, {}, scope).filter(Boolean).forEach(separateThousands)
  for (const enhanceAll of [enhanceCopyButtons, enhancePrintButtons, enhanceFolds, enhanceFilters, enhancePasskeys]) enhanceAll(scope)
  if (scope.querySelector('input[data-module="lp-receipt"]')) {
    import('./receipt.js').then(module => module.enhanceReceipt(scope))
  }
  if (scope.querySelector('form[data-module="lp-autosave"]')) {
    import('./autosave.js').then(module => module.enhanceAutosave(scope))
  }
  if (scope.querySelector('input[data-module="lp-organisation"]')) {
    // The autocomplete is the largest script, and few pages have the field.
    import('./organisation.js').then(module => module.enhanceOrganisationFields(scope))
  }
}

enhance(document)
enhanceTimeOut(document)
document.addEventListener('htmx:load', event => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt)
})
