import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { originFault } from "../../lib/origin";
import { PATH_HEADER } from "../../lib/pageData";
import { inWords } from "../../lib/texts/said";

/** What Next offers to a server that owns the listening socket. */
export interface Pages {
  prepare(): Promise<void>;
  getRequestHandler(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  close(): Promise<void>;
}

export type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * Next's pages behind the headers that keep hostile payloads harmless, should one ever slip past escaping.
 * Next takes the nonce for its own scripts from the request's policy header (Next.js, "Content Security Policy").
 */
export function withPageHeaders(
  handle: PageHandler,
  { dev, publicUrl }: { dev: boolean; publicUrl?: string },
): PageHandler {
  return async (req, res) => {
    // A page holds first values: a name that a stranger's DNS points here must not read them where no login is asked.
    const fault = originFault({ kind: "read", origin: undefined, host: req.headers.host, publicUrl });
    if (fault) {
      res.writeHead(403, { "Content-Type": "text/plain; charset=utf-8" }).end(inWords(fault.message));
      return;
    }
    req.headers[PATH_HEADER] = req.url;
    const nonce = randomBytes(16).toString("base64");
    const policy = [
      "default-src 'self'",
      // React's development build rebuilds stack traces with eval.
      `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
      // Tiles place their marks with style attributes.
      "style-src 'self' 'unsafe-inline'",
      // not a text: of a policy
      "img-src 'self' data: blob:",
      // A WebSocket to the page's own host counts as 'self' (CSP 3, "Does url match expression", schemes upgrade http to ws).
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'self'",
    ].join("; ");
    req.headers["content-security-policy"] = policy;
    res.setHeader("Content-Security-Policy", policy);
    res.setHeader("X-Content-Type-Options", "nosniff");
    res.setHeader("Referrer-Policy", "same-origin");
    // No page that opened this one, or was opened by it, gets hold of its window; no foreign page embeds what it answers.
    res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    res.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    return handle(req, res);
  };
}
