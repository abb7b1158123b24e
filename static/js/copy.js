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

export function enhanceCopyButtons (scope) {
  scope.querySelectorAll('a[data-module="lp-copy"]').forEach(enhance)
}
