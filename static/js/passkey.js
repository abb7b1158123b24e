// <button data-module="lp-passkey" data-passkey="create|get" ...>: asks the browser for a passkey and sends what it says.
// The names of bytes are turned into bytes and back by allauth's webauthn-json.js.

async function credentialFor (button) {
  const options = JSON.parse(document.getElementById(button.dataset.options).textContent)
  if (button.dataset.passkey === 'get') return window.webauthnJSON.get(options)
  const selection = options.publicKey.authenticatorSelection || {}
  options.publicKey.authenticatorSelection = { ...selection, residentKey: 'discouraged', requireResidentKey: false }
  return window.webauthnJSON.create(options)
}

export function enhancePasskeys (scope) {
  for (const button of scope.querySelectorAll('button[data-module="lp-passkey"]')) {
    if (!window.PublicKeyCredential) continue
    const failed = button.form.querySelector('[role="alert"]')
    button.hidden = false
    button.addEventListener('click', async () => {
      try {
        document.getElementById(button.dataset.credential).value = JSON.stringify(await credentialFor(button))
        button.form.submit()
      } catch {
        failed.textContent = button.dataset.failed
        failed.hidden = false
      }
    })
  }
}
