import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scryptSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { err, ok, type Result } from "../../lib/result";

/**
 * Encrypts what must stand in the database and must not be readable there (broker passwords, private keys).
 * AES-256-GCM; a sealed text is `v1.` + base64url(nonce 12 bytes, tag 16 bytes, ciphertext).
 */
export interface SecretBox {
  /** `context` says what it is (`broker:main:password`): the sealed text opens under the same context only. */
  seal(plain: string, context: string): string;
  /** Fails when the text was sealed with another key, under another context, or was changed. */
  open(sealed: string, context: string): Result<string>;
  /** A key of its own for another purpose, 32 bytes as base64url; the same each time. */
  derive(purpose: string): string;
}

const VERSION = "v1.";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Fixed: the secret is one of this installation's own, and the key must come out the same at every start. */
const SCRYPT_SALT = "telltale secret box v1";

/** `master`: 32 bytes or more of key material. */
export function createSecretBox(master: Buffer): SecretBox {
  const subkey = (info: string) => Buffer.from(hkdfSync("sha256", master, "telltale", info, 32));
  const key = subkey("secret-box");

  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(sealed, context) {
      if (!sealed.startsWith(VERSION)) return err("it is not a sealed text of a known version");
      const bytes = Buffer.from(sealed.slice(VERSION.length), "base64url");
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return err("the sealed text is cut off");
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      try {
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        return ok(Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8"));
      } catch {
        // final() throws the same bare error whether key, context or text differ; nothing more can be said.
        return err("it was sealed with another secret, or was changed since");
      }
    },
    derive: (purpose) => subkey(`purpose:${purpose}`).toString("base64url"),
  };
}

/** A TELLTALE_SECRET of this form is the key itself: that of a data folder, whose data were moved. */
const KEY = /^key:([0-9a-f]{64})$/;

/** What a file `secret` would hold in place of this TELLTALE_SECRET. */
export const keyDigits = (secret: string): string =>
  KEY.exec(secret)?.[1] ?? scryptSync(secret, SCRYPT_SALT, 32).toString("hex");

/**
 * The box of this installation: from TELLTALE_SECRET where it is given, else from `<dataDir>/secret`, which is made at the
 * first start (64 hex digits, readable by its owner only). Whoever loses the secret must enter the broker passwords again.
 */
export function openSecretBox(options: { secret: string | undefined; dataDir: string }): Result<SecretBox> {
  if (options.secret !== undefined) return ok(createSecretBox(Buffer.from(keyDigits(options.secret), "hex")));
  const file = path.join(options.dataDir, "secret");
  try {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    return readSecret(file);
  } catch (error) {
    return err(`the secret in ${file} cannot be used: ${(error as Error).message}`);
  }
}

function readSecret(file: string): Result<SecretBox> {
  try {
    // "wx" fails where the file stands, so that two first starts at once agree on one secret.
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const text = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    return err(
      `the secret in ${file} is damaged: it must be 64 hex digits. Restore it from a backup, or remove the file and enter the broker passwords again`,
    );
  return ok(createSecretBox(Buffer.from(text, "hex")));
}
