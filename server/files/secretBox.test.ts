import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keyDigits, openSecretBox, type SecretBox } from "./secretBox";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "telltale-secret-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function open(secret?: string): SecretBox {
  const box = openSecretBox({ secret, dataDir });
  if (!box.ok) throw new Error(box.error);
  return box.value;
}

describe("secret box", () => {
  test.each(["", "hunter2", "päss\u0000wörd 🔑", "x".repeat(100_000)])("ST-1: a text comes back as it was", (plain) => {
    const box = open();
    expect(box.open(box.seal(plain, "broker:main:password"), "broker:main:password")).toEqual({
      ok: true,
      value: plain,
    });
  });

  test("ST-1: sealing the same text twice gives different texts, and neither shows it", () => {
    const box = open();
    const sealed = [box.seal("hunter2", "c"), box.seal("hunter2", "c")];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(Buffer.from(sealed.join(), "base64url").toString("latin1")).not.toContain("hunter2");
  });

  test("MV-9: TELLTALE_SECRET can be the key in a file, and a file the key of a TELLTALE_SECRET", () => {
    const ofFile = open();
    const digits = readFileSync(path.join(dataDir, "secret"), "utf8").trim();
    expect(open(`key:${digits}`).derive("x")).toBe(ofFile.derive("x"));
    writeFileSync(path.join(dataDir, "secret"), keyDigits("a secret of many words"));
    expect(open().derive("x")).toBe(open("a secret of many words").derive("x"));
    // As before there was this form: what only resembles it is a secret like any other.
    expect(open(`key:${digits}0`).derive("x")).not.toBe(ofFile.derive("x"));
  });

  test("ST-2: a changed character anywhere is found", () => {
    const box = open();
    const sealed = box.seal("hunter2", "c");
    for (let i = 0; i < sealed.length - 1; i++) {
      const changed = `${sealed.slice(0, i)}${sealed[i] === "A" ? "B" : "A"}${sealed.slice(i + 1)}`;
      expect(box.open(changed, "c").ok, `character ${i}`).toBe(false);
    }
    expect(box.open(sealed.slice(0, 20), "c").ok).toBe(false);
  });

  test("ST-2: a sealed text does not open under another name or another secret", () => {
    const box = open("0123456789abcdef");
    const sealed = box.seal("hunter2", "broker:main:password");
    expect(box.open(sealed, "broker:other:password").ok).toBe(false);
    expect(open("fedcba9876543210").open(sealed, "broker:main:password").ok).toBe(false);
    expect(open("0123456789abcdef").open(sealed, "broker:main:password")).toEqual({ ok: true, value: "hunter2" });
  });

  test("ST-3: without TELLTALE_SECRET a secret is made once, for its owner's eyes only", () => {
    const sealed = open().seal("hunter2", "c");
    const file = path.join(dataDir, "secret");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
    expect(open().open(sealed, "c")).toEqual({ ok: true, value: "hunter2" });
  });

  test("ST-3: a damaged secret file is refused and left alone", () => {
    writeFileSync(path.join(dataDir, "secret"), "half a sec");
    expect(openSecretBox({ secret: undefined, dataDir })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/damaged.*backup/),
    });
    expect(readFileSync(path.join(dataDir, "secret"), "utf8")).toBe("half a sec");
  });

  test("ST-1: keys for other purposes differ from each other and stay the same", () => {
    expect(open().derive("sessions")).toBe(open().derive("sessions"));
    expect(open().derive("sessions")).not.toBe(open().derive("tokens"));
  });
});
