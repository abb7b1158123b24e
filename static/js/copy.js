// "Copy as text": a link to the plain page becomes a button that puts its text on the clipboard.
// <p><a data-module="lp-copy" data-done="Copied" href="….txt">Copy as text</a></p>

async function copy (link, status) {
  try {
    const response = await fetch(link.href, { credentials: 'same-origin' })
    if (!response.ok) throw new Error(response.statusText)
    await navigator.clipboard.writeText(await response.text())
    status.textContent = link.dataset.done
  } catch {
    // No permission or no network: the link still leads to the text.
    window.location.assign(link.href)
  }
}

function enhance (link) {
  if (!navigator.clipboard) return
  const status = document.createElement('span')
  status.setAttribute('role', 'status')
  status.className = 'lp-copy-status'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary'
  button.textContent = link.textContent
  button.addEventListener('click', () => copy(link, status))
  link.replaceWith(button, status)
}

// A button that stands hidden where nothing can be copied, and copies the words that it carries:
// <button type="button" hidden data-module="lp-copy-words" data-words="…" data-done="Copied">Copy link</button>
function enhanceWords (button) {
  if (!navigator.clipboard) return
  const status = document.createElement('span')
  status.setAttribute('role', 'status')
  status.className = 'lp-copy-status'
  button.parentElement.after(status)
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.words)
    status.textContent = button.dataset.done
  })
}

export function enhanceCopyButtons (scope) {
  scope.querySelectorAll('button[data-module="lp-copy-words"]').forEach(enhanceWords)
  scope.querySelectorAll('a[data-module="lp-copy"]').forEach(enhance)
}
