import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, runBin } from "./run.mjs";

const SBIN = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];

/** Full path of a program on the PATH or in the folders of system programs. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SBIN].filter(Boolean);
  for (const name of names) for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

const DEBIAN_POSTGRES = "/usr/lib/postgresql";

/** A Postgres for the tests: named by TELLTALE_TEST_DATABASE_URL, on the PATH, or where Debian keeps it. */
function hasPostgres() {
  if (process.env.TELLTALE_TEST_DATABASE_URL || findProgram("initdb")) return true;
  const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
  return versions.some((version) => existsSync(join(DEBIAN_POSTGRES, version, "bin", "initdb")));
}

/** A Chromium to drive: named by TELLTALE_CHROMIUM, the system's, or Playwright's own download. */
export async function findChromium() {
  if (process.env.TELLTALE_CHROMIUM) return process.env.TELLTALE_CHROMIUM;
  const system = findProgram("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
  if (system) return system;
  const { chromium } = await import("@playwright/test");
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** Without a sandbox of its own, which root has not, and without what it would look up by itself. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
  "--metrics-recording-only",
];

/** How apt can be called here without asking anybody: as root, or by a sudo that needs no password. */
async function aptPrefix() {
  if (!findProgram("apt-get")) return undefined;
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram("sudo");
  if (sudo && (await run(sudo, ["-n", "true"], { quiet: true })).code === 0) return [sudo, "-n"];
  return undefined;
}

/**
 * Debian's package would make a cluster that listens on port 5432 and starts with the machine. The tests need the programs alone; a file that
 * is there already stays as it is.
 */
const WITHOUT_CLUSTER = `dir=/etc/postgresql-common; file=$dir/createcluster.conf
mkdir -p $dir && { [ -e $file ] || echo "create_main_cluster = false" > $file; }`;

async function aptInstall(packages) {
  const prefix = await aptPrefix();
  if (!prefix) return false;
  if (packages.includes("postgresql")) {
    const [command, ...rest] = [...prefix, "sh", "-c", WITHOUT_CLUSTER];
    await run(command, rest);
  }
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
    return run(command, rest);
  };
  const install = (...names) => apt("install", "-y", "-q", "--no-install-recommends", ...names);
  if ((await install(...packages)).code === 0) return true;
  // A fresh image has no package lists yet.
  if ((await apt("update", "-q")).code !== 0) return false;
  if ((await install(...packages)).code === 0) return true;
  // One that this distribution does not have must not keep the others away.
  for (const name of packages) await install(name);
  return false;
}

const hasIts = (name) => () => findProgram(name) !== undefined;
/** By Debian's package: whether it is there, and what to do where apt is not. */
const PACKAGES = {
  mosquitto: { has: hasIts("mosquitto"), mend: "Install Mosquitto (apt install mosquitto, brew install mosquitto)" },
  "nats-server": {
    has: hasIts("nats-server"),
    mend: "Install NATS (apt install nats-server, brew install nats-server)",
  },
  haproxy: { has: hasIts("haproxy"), mend: "Install HAProxy (apt install haproxy, brew install haproxy)" },
  postgresql: { has: hasPostgres, mend: "Install Postgres (apt install postgresql, brew install postgresql)" },
};

const lacking = (names) => names.filter((name) => !PACKAGES[name].has());

/** Installs what `npm run cluster` runs beside Telltale. Answers what is still missing, one line each. */
export async function ensureClusterPrograms(broker) {
  const wanted = [broker === "nats" ? "nats-server" : "mosquitto", "haproxy", "postgresql"];
  const missing = lacking(wanted);
  if (missing.length > 0) {
    console.log(`Missing: ${missing.join(", ")}.`);
    await aptInstall(missing);
  }
  return lacking(wanted).map((name) => `${PACKAGES[name].mend} and run npm run cluster again.`);
}

/** Installs the brokers, the database, the balancer and the browser that the tests need. Answers what is still missing, one line each. */
export async function ensureTestPrograms() {
  const programs = Object.keys(PACKAGES);
  const wanted = [...lacking(programs), ...((await findChromium()) ? [] : ["chromium"])];
  if (wanted.length > 0) {
    console.log(`Missing: ${wanted.join(", ")}.`);
    await aptInstall(wanted);
  }
  if (!(await findChromium())) await runBin("@playwright/test/cli.js", ["install", "chromium"]);

  const missing = lacking(programs).map((name) => `${PACKAGES[name].mend} and run npm test again.`);
  if (lacking(["postgresql"]).length > 0) missing.push("TELLTALE_TEST_DATABASE_URL can name a Postgres instead.");
  if (!(await findChromium()))
    missing.push("Install Chromium (apt install chromium), or name one in TELLTALE_CHROMIUM, and run npm test again.");
  return missing;
}
