// What puts words on the clipboard, where the browser lets a script do that.
// <a data-module="lp-copy" data-label="Copy as text" data-done="Copied" href="….txt">View as plain text</a>: a link to a
//   plain page becomes a button that copies the page's text.
// <button data-module="lp-copy-words" data-words="https://…" data-done="Copied" hidden>Copy link</button>

// One place below the row of buttons says that it is done, so that no button moves.
function statusBelow (button) {
  const row = button.closest('.lp-actions') ?? button
  if (row.nextElementSibling?.matches('.lp-copy-status')) return row.nextElementSibling
  const status = document.createElement('p')
  status.setAttribute('role', 'status')
  status.className = 'lp-copy-status'
  row.after(status)
  return status
}

async function textOf (link) {
  const response = await fetch(link.href, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(response.statusText)
  return response.text()
}

function copies (button, words, done, otherwise) {
  const status = statusBelow(button)
  button.addEventListener('click', async () => {
    status.textContent = ''
    try {
      await navigator.clipboard.writeText(await words())
      status.textContent = done
    } catch {
      otherwise(status)
    }
  })
}

function enhanceLink (link) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary'
  button.textContent = link.dataset.label
  link.replaceWith(button)
  // No permission or no network: the link still leads to the text.
  copies(button, () => textOf(link), link.dataset.done, () => window.location.assign(link.href))
}

function enhanceWords (button) {
  button.hidden = false
  // Refused: the words themselves, to be copied by hand.
  copies(button, () => button.dataset.words, button.dataset.done, status => { status.textContent = button.dataset.words })
}

export function enhanceCopyButtons (scope) {
  if (!navigator.clipboard) return
  scope.querySelectorAll('a[data-module="lp-copy"]').forEach(enhanceLink)
  scope.querySelectorAll('button[data-module="lp-copy-words"]').forEach(enhanceWords)
}
