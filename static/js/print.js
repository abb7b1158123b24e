// <button type="button" data-module="lp-print" hidden>: a page that is made for paper says so, where script can print it.

export function enhancePrintButtons (scope) {
  for (const button of scope.querySelectorAll('button[data-module="lp-print"]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}
