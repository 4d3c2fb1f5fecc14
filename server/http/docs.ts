import type { Api } from "./implement";

type OpenApiDocument = ReturnType<Api["getOpenAPI31Document"]>;

const WHO: Record<string, string> = {
  anyone: "anyone",
  viewer: "viewers (without a login where that is allowed)",
  "signed-in": "anyone signed in",
  operator: "operators",
  admin: "admins",
};

/** The API's description for people: one page that needs nothing from elsewhere, made from the OpenAPI document. */
export function docsPage(document: OpenApiDocument): string {
  const sections = new Map<string, string[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of ["get", "post", "put", "patch", "delete"] as const) {
      const operation = item[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? "";
      const list = sections.get(tag) ?? [];
      list.push(operationHtml(method, path, operation));
      sections.set(tag, list);
    }
  }
  const schemas = Object.entries(document.components?.schemas ?? {})
    .map(
      ([name, schema]) => `<details id="schema-${html(name)}"><summary>${html(name)}</summary>${pre(schema)}</details>`,
    )
    .join("");
  const body = [...sections].map(([tag, list]) => `<h2>${html(tag)}</h2>${list.join("")}`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Telltale API</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Telltale API</h1>
<p>JSON over HTTP, with the session's cookie. Every change needs an <code>Origin</code> header that is Telltale's own address.
Errors are problem details (RFC 9457). For programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
${body}
<h2>Schemas</h2>
${schemas}
</main>
</body>
</html>
`;
}

type Operation = NonNullable<NonNullable<OpenApiDocument["paths"]>[string]["get"]>;

function operationHtml(method: string, path: string, operation: Operation): string {
  const level = String((operation as { "x-level"?: string })["x-level"] ?? "");
  const query = (operation.parameters ?? []).flatMap((p) => ("in" in p && p.in === "query" ? [p.name] : []));
  const body = operation.requestBody && "content" in operation.requestBody ? operation.requestBody.content : undefined;
  const [status, answer] = Object.entries(operation.responses ?? {}).find(([code]) => code !== "default") ?? [];
  return `<article>
<h3><span class="method">${method.toUpperCase()}</span> <code>${html(path)}</code></h3>
<p>${html(operation.summary ?? "")}. <span class="who">For ${html(WHO[level] ?? level)}.</span></p>
${query.length > 0 ? `<p>Query: ${query.map((name) => `<code>${html(name)}</code>`).join(", ")}</p>` : ""}
${body ? schemaHtml("Body", body["application/json"]?.schema) : ""}
${schemaHtml(`Answer ${status}`, (answer as { content?: Record<string, { schema?: unknown }> })?.content?.["application/json"]?.schema)}
</article>`;
}

/** A named schema by its name, anything else as it is. */
function schemaHtml(title: string, schema: unknown): string {
  if (schema === undefined) return `<p>${html(title)}</p>`;
  const link = (ref: string) => `<a href="#schema-${html(ref)}">${html(ref)}</a>`;
  const { $ref, items } = schema as { $ref?: string; items?: { $ref?: string } };
  const name = ($ref ?? items?.$ref)?.split("/").at(-1);
  if (name !== undefined) return `<p>${html(title)}: ${$ref ? "" : "list of "}${link(name)}</p>`;
  return `<details><summary>${html(title)}</summary>${pre(schema)}</details>`;
}

const pre = (value: unknown): string => `<pre>${html(JSON.stringify(value, null, 2))}</pre>`;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const html = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] as string);

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h2 { margin: 2.5rem 0 .5rem; text-transform: capitalize; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
article { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); padding: .75rem 0; }
article p { margin: .25rem 0; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
.who { opacity: .75; }
pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 7%, transparent); border-radius: .5rem; }
summary { cursor: pointer; min-height: 1.75rem; }
`;
