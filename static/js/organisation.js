// Suggests organisations while somebody types. Without script the same input takes the name and the server finds it.
// <input data-module="lp-organisation" data-source="…" data-no-results="…" data-too-short="…" data-results="%s found"
//   data-how="…">: the words are what the list says to screen readers; the script has no translations of its own.

import './accessible-autocomplete.js'

const MIN_LETTERS = 2
const WAIT_MS = 150

function fetcher (source) {
  let timer
  let latest = 0
  return (query, show) => {
    clearTimeout(timer)
    const turn = ++latest
    timer = setTimeout(async () => {
      const url = new URL(source, window.location.href)
      url.searchParams.set('q', query)
      const results = await fetch(url, { headers: { Accept: 'application/json' } })
        .then(response => response.ok ? response.json() : { results: [] })
        .then(answer => answer.results)
        .catch(() => [])
      // An answer that comes late must not replace a newer one.
      if (turn === latest) show(results)
    }, WAIT_MS)
  }
}

function escaped (text) {
  const holder = document.createElement('span')
  holder.textContent = text ?? ''
  return holder.innerHTML
}

const templates = {
  inputValue: result => result?.name ?? '',
  suggestion: result => typeof result === 'string'
    ? escaped(result)
    : `${escaped(result.name)} <span class="autocomplete__detail">${escaped(result.detail)}</span>`
}

// The component replaces aria-describedby as somebody types, so that hint and error go into its own first words.
function describedWords (input) {
  const ids = (input.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
  return ids.map(id => document.getElementById(id)?.textContent.trim()).filter(Boolean).join(' ')
}

function enhance (input) {
  const words = input.dataset
  const described = describedWords(input)
  const invalid = input.getAttribute('aria-invalid')
  const typing = document.activeElement === input
  const caret = [input.selectionStart, input.selectionEnd]
  const holder = document.createElement('div')
  input.replaceWith(holder)
  window.accessibleAutocomplete({
    element: holder,
    id: input.id,
    name: input.name,
    defaultValue: input.value,
    source: fetcher(words.source),
    minLength: MIN_LETTERS,
    confirmOnBlur: false,
    displayMenu: 'overlay',
    templates,
    inputClasses: input.className,
    tNoResults: () => words.noResults,
    tStatusNoResults: () => words.noResults,
    tStatusQueryTooShort: () => words.tooShort,
    tStatusResults: (length, selected) => `${words.results.replace('%s', length)} ${selected}`,
    tStatusSelectedOption: (option, length, index) => `${option}, ${index + 1} / ${length}`,
    tAssistiveHint: () => `${described} ${words.how}`.trim()
  })
  const field = holder.querySelector('input')
  if (invalid) field.setAttribute('aria-invalid', invalid)
  if (!typing) return
  field.focus()
  field.setSelectionRange(...caret)
  // The component selects all when the field gets the focus: not this once, or the next letter would replace what was
  // typed before the script arrived.
  field.setSelectionRange = () => delete field.setSelectionRange
}

export function enhanceOrganisationFields (scope) {
  scope.querySelectorAll('input[data-module="lp-organisation"]').forEach(enhance)
}
