import { expect, test } from "vitest";
import { htmlInApp } from "@/components/ui/testing";
import type { BrokerOut } from "@/lib/api";
import { BrokerForm } from "./BrokerForm";
import { TestResult } from "./TestResult";

const saved = {
  origin: "store",
  version: 3,
  broker: { id: "cellar", name: "Cellar", url: "mqtts://10.0.0.3", username: "telltale", verify: true },
  has: { password: true, key: false },
  state: { id: "cellar", name: "Cellar", since: 0, state: "connecting" },
} as unknown as BrokerOut;

const paint = (initial?: BrokerOut, taken: string[] = []) =>
  htmlInApp(
    <BrokerForm
      {...(initial && { initial })}
      taken={new Set(taken)}
      onSaved={() => undefined}
      onReload={() => undefined}
    />,
  ).replaceAll("<!-- -->", "");
/** The field under this label: its attributes. */
function field(html: string, label: string): string {
  const id = new RegExp(`<label[^>]*for="([^"]+)"[^>]*>${label.replaceAll(/[()]/g, "\\$&")}`).exec(html)?.[1];
  return new RegExp(`<(?:input|textarea)\\b[^>]*\\bid="${id}"[^>]*>`).exec(html)?.[0] ?? "";
}
const buttons = (html: string): string[] =>
  [...html.matchAll(/<button\b[^>]*>(.*?)<\/button>/g)].map(([, inner]) =>
    (inner as string).replaceAll(/<[^>]+>/g, ""),
  );

test("a new broker has an id that is free, and can be tried before it is saved", () => {
  const html = paint();
  expect(field(html, "Id")).toContain('value="main"');
  expect(field(html, "Id")).not.toMatch(/ readonly=""/i);
  // Of the second one it comes of what is typed.
  expect(field(paint(undefined, ["main"]), "Id")).toContain('value=""');
  expect(buttons(html)).toEqual(["Test connection", "Save"]);
});

test("AC-11: a stored password is never in the page: it is kept, replaced or removed", () => {
  const html = paint(saved);
  expect(field(html, "Address (URL)")).toContain('value="mqtts://10.0.0.3"');
  expect(field(html, "Password")).toMatch(/type="password".*value=""/);
  expect(html).toContain("Set. Leave blank to keep it.");
  expect(buttons(html)).toEqual(["Remove", "Test connection", "Save"]);
});

test("the id of a broker that there is cannot be changed: registered topics refer to it", () => {
  const html = paint(saved);
  expect(field(html, "Id")).toMatch(/ readonly=""/i);
  expect(field(html, "Name")).not.toMatch(/ readonly=""/i);
});

test("a broker of telltale.yaml is shown, and nothing of it can be changed or saved", () => {
  const html = paint({ ...saved, origin: "file" });
  expect(html).toContain("Read-only.");
  for (const label of ["Address (URL)", "User name", "Password", "Name", "Id", "CA certificate"])
    expect([label, field(html, label)]).toEqual([label, expect.stringMatching(/ readonly=""/i)]);
  expect(buttons(html)).toEqual(["Test connection"]);
});

test("BR-58: the other addresses of a cluster are shown where there are some, and folded away where not", () => {
  const folded = (html: string) => /<details[^>]*>(?=<summary[^>]*>.*?More addresses)/.exec(html)?.[0];
  expect(folded(paint(saved))).not.toContain("open");
  const html = paint({ ...saved, broker: { ...saved.broker, otherUrls: ["mqtts://10.0.0.4", "mqtts://10.0.0.5"] } });
  expect(folded(html)).toContain("open");
  expect(html).toMatch(/<textarea[^>]*>mqtts:\/\/10\.0\.0\.4\nmqtts:\/\/10\.0\.0\.5<\/textarea>/);
});

test("BR-60, BR-62: the result of the test lists what the broker does not offer, or that it could not be tested", () => {
  const result = (more: object) => htmlInApp(<TestResult result={{ ok: true, protocol: "3.1.1", ms: 40, ...more }} />);
  const poor = result({ limits: [{ limit: "sys", text: "Its own statistics" }] });
  expect(poor).toMatch(/This broker does not offer:.*<li[^>]*>Its own statistics<\/li>/);
  expect(result({ limits: [] })).toContain("It does all that Telltale needs");
  expect(result({})).toContain("could not be tested");
  const unreachable = [{ url: "mqtt://b", fault: "refused", reason: "Nothing listens there." }];
  expect(result({ limits: [], unreachable })).toMatch(
    /One address does not work:.*mqtt:\/\/b: Nothing listens there\./,
  );
});

test("a certificate that is not checked is warned of, in sight", () => {
  const warning = "anyone in between can read and change everything.";
  const count = (html: string) => html.split(warning).length - 1;
  const open = { ...saved, broker: { ...saved.broker, verify: false } };
  expect(count(paint(open))).toBe(count(paint(saved)) + 1);
});
