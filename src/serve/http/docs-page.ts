/** `/docs`: the description as a page to read. No script, nothing from elsewhere; the one style sheet is named by its hash. */
import { hash } from "node:crypto";
import type { FixedPage } from "./fixed.ts";
import { commandLineOf, type JsonSchema, type OpenApi, type Operation } from "./openapi.ts";

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e6e9ee); --dim: light-dark(#5c6570, #9aa4b1);
  --line: light-dark(#dfe3e8, #30363d); --paper: light-dark(#fff, #0f1318); --shade: light-dark(#f5f7f9, #181d24);
  --link: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 6rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { margin: 2.2rem 0 .4rem; font-size: 1.05rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; } a:hover, a:focus-visible { text-decoration: underline; }
code, pre { font-family: ui-monospace, monospace; font-size: .88em; }
code { background: var(--shade); padding: .1em .3em; border-radius: .25em; overflow-wrap: anywhere; }
pre { background: var(--shade); padding: .7rem .9rem; border-radius: .4rem; overflow-x: auto; } pre code { padding: 0; }
table { width: 100%; border-collapse: collapse; margin: .8rem 0; } td, th { text-align: left; vertical-align: top;
  padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line); font-size: .93rem; } th { font-weight: 600; }
td:first-child { width: 14rem; } td:nth-child(2) { width: 13rem; color: var(--dim); }
nav ul { columns: 20rem 2; padding-left: 1.1rem; font-family: ui-monospace, monospace; font-size: .88rem; }
.method { color: var(--dim); } .dim { color: var(--dim); } details { margin: .4rem 0; } summary { cursor: pointer; }
@media (max-width: 40rem) { td:first-child, td:nth-child(2) { width: auto; } }
`;

const TYPE = "text/html; charset=utf-8";
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash("sha256", STYLE, "base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function docsPage(api: OpenApi): FixedPage {
  const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = Map.groupBy(routes, ({ operation }) => operation.tags[0] ?? "");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(api.info.title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${text(api.info.title)} API <span class="dim">${text(api.info.version)}</span></h1>
<p>${prose(api.info.description)} For programs: <a href="/openapi.json">openapi.json</a>.</p>
<nav><ul>
${routes.map(({ path, method, operation }) => `<li><span class="method">${method}</span> <a href="#${operation.operationId}">${text(path)}</a></li>`).join("\n")}
</ul></nav>
${[...tags].map(([tag, its]) => `<h2>${text(tag)}</h2>\n${its.map(section).join("\n")}`).join("\n")}
<h2>Documents</h2>
${Object.entries(api.components.schemas).map(document).join("\n")}
</body>
</html>
`;
  return { type: TYPE, bytes: Buffer.from(html), policy: POLICY };
}

function section(route: {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}): string {
  const { path, method, operation } = route;
  const answers = Object.entries(operation.responses).flatMap(([status, { description, content = {} }]) => {
    const [schema] = Object.values(content).map((each) => each.schema);
    return schema === undefined ? [] : [`${text(status)}: ${text(description)} ${typeOf(schema)}`];
  });
  const parameters = (operation.parameters ?? []).map(
    ({ name, required, schema, description = "" }) =>
      `<tr><td><code>${text(name)}</code>${required ? "" : ' <span class="dim">optional</span>'}</td><td>${typeOf(schema)}</td><td>${prose(description)}</td></tr>`,
  );
  return `<section id="${operation.operationId}">
<h3><span class="method">${method}</span> ${text(path)}</h3>
<p>${prose(operation.summary)}</p>
${parameters.length === 0 ? "" : `<table>${parameters.join("\n")}</table>`}
<pre><code>${text(commandLineOf(operation))}</code></pre>
<p class="dim">${answers.join("<br>")}</p>
</section>`;
}

function document([name, schema]: readonly [string, JsonSchema]): string {
  const { properties, description, required } = schema as {
    readonly properties?: { readonly [name: string]: JsonSchema };
    readonly description?: string;
    readonly required?: readonly string[];
  };
  const rows = Object.entries(properties ?? {}).map(
    ([field, each]) =>
      `<tr><td><code>${text(field)}</code>${required?.includes(field) === true ? "" : ' <span class="dim">may be absent</span>'}</td><td>${typeOf(each)}</td><td>${prose(descriptionOf(each))}</td></tr>`,
  );
  const shape = rows.length === 0 ? `<p>${typeOf(schema)}</p>` : `<table>${rows.join("\n")}</table>`;
  return `<section id="${text(name)}">
<h3>${text(name)}</h3>
${description === undefined ? "" : `<p>${prose(description)}</p>`}
${shape}
</section>`;
}

function descriptionOf({ description }: JsonSchema): string {
  return typeof description === "string" ? description : "";
}

/** A schema in a few words, with the way to the document that it names. */
function typeOf(schema: JsonSchema): string {
  const { $ref, type, items, anyOf, oneOf, enum: words, const: only, properties } = schema;
  if ($ref !== undefined) {
    const name = text($ref.slice($ref.lastIndexOf("/") + 1));
    return `<a href="#${name}">${name}</a>`;
  }
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return choices.map(typeOf).join(" or ");
  if (only !== undefined) return `<code>${text(JSON.stringify(only))}</code>`;
  if (words !== undefined) return words.map((word) => `<code>${text(String(word))}</code>`).join(" ");
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (properties !== undefined)
    return `{ ${Object.entries(properties)
      .map(([name, each]) => `<code>${text(name)}</code>: ${typeOf(each)}`)
      .join(", ")} }`;
  return text([type ?? "anything"].flat().join(" or "));
}

/** What stands between backticks is code. */
function prose(words: string): string {
  return text(words).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function text(words: string): string {
  return words
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
