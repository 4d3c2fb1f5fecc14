import { type Browser, test as base, type Page } from "@playwright/test";
import { type Mosquitto, startMosquitto } from "../server/testing/mosquitto";
import { connectFakeDevice, type FakeDevice } from "./fakeDevice";
import { BrokersPage } from "./pages/BrokersPage";
import { DashboardPage } from "./pages/DashboardPage";
import { ExplorerPage } from "./pages/ExplorerPage";
import { LoginPage } from "./pages/LoginPage";
import { RegistrationForm } from "./pages/RegistrationForm";
import { SetupPage } from "./pages/SetupPage";
import { startTelltale, type TelltaleServer } from "./server";

export const ADMIN = { username: "admin", password: "a lamp in the hall" };

/** How the server of a test is started: set with `test.use({ start: … })`. */
export interface Start {
  /** A telltale.yaml. `BROKER_URL` in it stands for the test's own Mosquitto. */
  yaml?: string;
  /** `mosquitto` (default): MQTT_URL names the test's own broker, unless the yaml has brokers. `demo`: the demo house runs. */
  broker: "mosquitto" | "demo";
  /** No admin yet: the first page is the set-up. */
  firstRun: boolean;
  env: Record<string, string>;
}

export interface Person {
  page: Page;
  dashboard: DashboardPage;
  close(): Promise<void>;
}

interface Fixtures {
  start: Partial<Start>;
  mosquitto: Mosquitto;
  telltale: TelltaleServer;
  devices: FakeDevice;
  /** Signs a person in, in a browser of their own. */
  person(credentials?: { username: string; password: string }): Promise<Person>;
  loginPage: LoginPage;
  setupPage: SetupPage;
  dashboard: DashboardPage;
  registrationForm: RegistrationForm;
  brokersPage: BrokersPage;
  explorer: ExplorerPage;
}

export const test = base.extend<Fixtures>({
  start: [{}, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  mosquitto: async ({}, use) => {
    const mosquitto = await startMosquitto();
    await use(mosquitto);
    await mosquitto.stop();
  },

  telltale: async ({ start, mosquitto }, use, testInfo) => {
    const yaml = start.yaml?.replaceAll("BROKER_URL", mosquitto.url);
    const ownBroker = start.broker !== "demo" && !/^brokers:/m.test(yaml ?? "");
    const server = await startTelltale({
      yaml,
      env: {
        ...(ownBroker && { MQTT_URL: mosquitto.url }),
        ...(!start.firstRun && { TELLTALE_ADMIN_PASSWORD: ADMIN.password }),
        ...start.env,
      },
    });
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach("server.log", { body: server.log(), contentType: "text/plain" });
    await server.dispose();
  },

  baseURL: async ({ telltale }, use) => use(telltale.url),

  devices: async ({ mosquitto }, use) => {
    const devices = await connectFakeDevice(mosquitto.url);
    await use(devices);
    await devices.close();
  },

  person: async ({ browser, telltale }, use) => {
    const people: Person[] = [];
    await use(async (credentials = ADMIN) => {
      const person = await enter(browser, telltale.url, credentials);
      people.push(person);
      return person;
    });
    for (const person of people) await person.close();
  },

  loginPage: async ({ page }, use) => use(new LoginPage(page)),
  setupPage: async ({ page }, use) => use(new SetupPage(page)),
  dashboard: async ({ page }, use) => use(new DashboardPage(page)),
  registrationForm: async ({ page }, use) => use(new RegistrationForm(page)),
  brokersPage: async ({ page }, use) => use(new BrokersPage(page)),
  explorer: async ({ page }, use) => use(new ExplorerPage(page)),
});

async function enter(browser: Browser, url: string, credentials: typeof ADMIN): Promise<Person> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await signIn(page, url, credentials);
  return { page, dashboard: new DashboardPage(page), close: () => context.close() };
}

/** Gives the page's browser a session, as the form on the login page does; people.spec.ts tries that. */
export async function signIn(page: Page, url: string, credentials = ADMIN): Promise<void> {
  const answer = await page.request.post(`${url}/api/v1/session`, { data: credentials, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
}

/** Everything red in a page's console, and every error that nobody caught: a test that ends well ends with none. */
export function consoleErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

export { expect } from "@playwright/test";
