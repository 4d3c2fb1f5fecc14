import { expect, test } from "vitest";
import { htmlInApp } from "@/components/ui/testing";
import type { DashboardOut, RegistrationOut } from "@/lib/api";
import type { ExplorerMessage, ExplorerSibling } from "@/lib/explorer/wire";
import type { ExplorerLink } from "./explorerLink";
import { ChooseTile } from "./MakeTile";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const message = (payload: string, id = 1): ExplorerMessage => ({
  id,
  at: 1000,
  payload: base64(payload),
  bytes: payload.length,
  retained: false,
});
const sibling = (topic: string, head: string): ExplorerSibling => ({ topic, head: base64(head), bytes: head.length });

interface Given {
  topic?: string;
  payloads?: string[];
  fields?: string[];
  siblings?: ExplorerSibling[];
  registrations?: object[];
  dashboards?: object[];
}

function paint({ topic = "plant/boiler", payloads = ["21.5"], fields = [], ...known }: Given = {}): string {
  const messages = payloads.map((payload, i) => message(payload, i));
  const { siblings = [], registrations = [], dashboards = [] } = known;
  return htmlInApp(
    <ChooseTile
      topic={topic}
      messages={messages}
      fields={new Set(fields)}
      link={{ otherBroker: () => undefined } as ExplorerLink}
      onClose={() => undefined}
      known={{
        siblings,
        registrations: registrations as RegistrationOut[],
        dashboards: dashboards as DashboardOut[],
      }}
    />,
  );
}
/** The points that would come into being, each with what was last received. */
const points = (html: string): string[] => {
  const list = /<ul aria-label="Points"[^>]*>(.*?)<\/ul>/.exec(html)?.[1] ?? "";
  return [...list.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, item]) =>
    (item as string)
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
};
const checked = (html: string): string[] =>
  [...html.matchAll(/<label[^>]*><input type="checkbox"([^>]*)\/><code[^>]*>([^<]+)/g)].flatMap(
    ([, attributes, path]) => (attributes?.includes("checked") ? [path as string] : []),
  );

test("XP-10: what would be registered is shown with what it says, and goes on a new dashboard where there is none", () => {
  const html = paint();
  expect(points(html)).toEqual(["Plant boiler 21.5"]);
  expect(html).toContain('value="Plant boiler"');
  expect(html).toContain("Register and add");
  expect(html).toMatch(/<option value="\+" selected="">A new dashboard/);
  expect(html).toContain('value="Overview"');
});

test("a dashboard that there is comes first, and needs no title", () => {
  const html = paint({ dashboards: [{ slug: "plant", title: "Plant" }] });
  expect(html).toMatch(/<option value="plant" selected="">Plant/);
  expect(html).not.toContain('value="Overview"');
});

test("XP-18: of a payload of fields those that are picked become points, else the numbers", () => {
  const payloads = ['{"temperature":19,"humidity":40,"name":"north"}'];
  const all = paint({ payloads });
  expect(checked(all)).toHaveLength(2);
  expect(points(all)).toHaveLength(2);
  const picked = paint({ payloads, fields: ["$.humidity"] });
  expect(checked(picked)).toEqual(["$.humidity"]);
  expect(points(picked)).toHaveLength(1);
});

test("XP-13: topics that look alike can be registered at once, and are counted", () => {
  const siblings = ["b", "c"].map((id) => sibling(`rooms/${id}/temperature`, "20"));
  const html = paint({ topic: "rooms/a/temperature", siblings });
  expect(html).toContain("Which topics");
  expect(html).toContain("Only this topic");
  expect(html).toMatch(/All 3 similar topics/);
});

test("a topic that is registered already says as what, and that there would be more points", () => {
  const html = paint({ registrations: [{ registration: { id: "hot", name: "Hot water", filter: "plant/+" } }] });
  expect(html).toContain("Already registered as “Hot water”.");
  expect(paint({ registrations: [{ registration: { id: "else", filter: "other/+" } }] })).not.toContain("Already");
});

test("XP-12: where nothing can be proposed the page says why and leads to the form", () => {
  const cut = paint({ payloads: [] });
  expect(cut).toContain("This preview is cut off.");
  const href = `/admin/topics/new?draft=${encodeURIComponent('{"filter":"plant/boiler"}')}`;
  expect(cut).toContain(`href="${href}"`);
  expect(cut).not.toContain("Register and add");
  expect(paint({ payloads: ["{}"] })).toContain("No value was recognized in this message.");
});
