// A link that was handed on carries its receipt behind the "#", which browsers send to nobody: it is typed in from there.

export function enhanceReceipt (scope) {
  const field = scope.querySelector('input[data-module="lp-receipt"]')
  if (!field || !window.location.hash) return
  field.value = decodeURIComponent(window.location.hash.slice(1)).slice(0, 100)
  window.history.replaceState(null, '', window.location.pathname)
}
