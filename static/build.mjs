// Compiles and copies the styles and scripts into dist/. Fails if anything that only gov.uk sites may use gets in.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const dist = join(here, 'dist')

// Licensed for gov.uk sites only: the typeface, the crown and the royal arms.
const FORBIDDEN = /gds[ -]?transport|crown|crest/i

const VENDORED = {
  'govuk-frontend/dist/govuk/govuk-frontend.min.js': 'js/govuk-frontend.js',
  'htmx.org/dist/htmx.min.js': 'js/htmx.js',
  'accessible-autocomplete/dist/accessible-autocomplete.min.js': 'js/accessible-autocomplete.js'
}

function compileStyles () {
  const result = sass.compile(join(here, 'scss', 'portal.scss'), {
    loadPaths: [modules],
    style: 'compressed',
    quietDeps: true
  })
  mkdirSync(join(dist, 'css'), { recursive: true })
  writeFileSync(join(dist, 'css', 'portal.css'), result.css)
}

// Source maps are not shipped, and a static storage that hashes names stops at a map that is not there.
function withoutSourceMap (text) {
  return text.replace(/\/\/[#@] sourceMappingURL=\S*\s*$/, '').trimEnd() + '\n'
}

function copyScripts () {
  cpSync(join(here, 'js'), join(dist, 'js'), { recursive: true })
  for (const [source, target] of Object.entries(VENDORED)) {
    writeFileSync(join(dist, target), withoutSourceMap(readFileSync(join(modules, source), 'utf8')))
  }
}

function refuseForbidden () {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    const found = FORBIDDEN.exec(entry.name) ?? FORBIDDEN.exec(readFileSync(path, 'latin1'))
    if (found) throw new Error(`${path} holds "${found[0]}", which only gov.uk sites may use`)
  }
}

rmSync(dist, { recursive: true, force: true })
compileStyles()
copyScripts()
cpSync(join(here, 'img'), join(dist, 'img'), { recursive: true })
refuseForbidden()
