/** The JSONPath segment (RFC 9535) for a member of this name, which may contain any characters. */
export const member = (key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `['${key.replace(/[^ -&(-[\]-\uffff]/g, escaped)}']`;

const escaped = (char: string): string =>
  char === "\\" || char === "'" ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
