// Builds portal/web/static from the pinned packages. Its output is committed, so neither running
// nor installing the portal needs Node. See README.md in this folder.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Things that belong to gov.uk services only, and things our content policy does not allow.
const NOT_OURS = [/GDS Transport/i, /url\(/i, /@font-face/i, /crown|crest/i];

for (const sheet of ["portal", "staff"]) {
  const { css } = compile(here(`${sheet}.scss`), { style: "compressed", sourceMap: false });
  for (const pattern of NOT_OURS) {
    if (pattern.test(css)) {
      throw new Error(`${sheet}.css would contain ${pattern}; nothing was written`);
    }
  }
  writeFileSync(here(`../portal/web/static/${sheet}.css`), `${css.trim()}\n`);
}

// The published file ends by naming a source map that is not served.
const script = readFileSync(
  here("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8",
).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
writeFileSync(here("../portal/web/static/govuk-frontend.min.js"), script);

// Our own scripts are served as they are written: short, and readable by whoever looks at a page.
for (const own of ["keys.js", "passkey.js"]) {
  copyFileSync(here(`own/${own}`), here(`../portal/web/static/${own}`));
}

// But for the comments of this one: the young people's journey has a hundred kilobytes in all.
const recorder = readFileSync(here("own/recorder.js"), "utf8").replace(/^ *\/\/.*\n/gm, "");
writeFileSync(here("../portal/web/static/recorder.js"), recorder);

copyFileSync(here("node_modules/axe-core/axe.min.js"), here("../tests/journeys/axe.min.js"));
