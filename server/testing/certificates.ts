import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** PEM texts of a CA of one day, a server certificate for 127.0.0.1 and localhost, and a client's. Needs the openssl program. */
export interface Certificates {
  ca: string;
  server: { cert: string; key: string };
  client: { cert: string; key: string };
}

const PROGRAM = "openssl";

export function makeCertificates(): Certificates {
  const dir = mkdtempSync(join(tmpdir(), "telltale-certificates-"));
  const openssl = (...args: string[]) => execFileSync(PROGRAM, args, { cwd: dir, stdio: "ignore" });
  const read = (name: string) => readFileSync(join(dir, name), "utf8");
  const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const issue = (name: string, extension: string) => {
    writeFileSync(join(dir, `${name}.ext`), extension);
    openssl("req", ...EC, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    openssl(
      ...["x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
      ...["-days", "1", "-extfile", `${name}.ext`, "-out", `${name}.pem`],
    );
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  try {
    openssl("req", "-x509", ...EC, "-keyout", "ca.key", "-out", "ca.pem", "-days", "1", "-subj", "/CN=test CA");
    return {
      ca: read("ca.pem"),
      server: issue("server", "subjectAltName=IP:127.0.0.1,DNS:localhost"),
      client: issue("client", "extendedKeyUsage=clientAuth"),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
