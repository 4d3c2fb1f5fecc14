import type { Proposal } from "../announced";
import type { Book } from "../book";
import type { Leaf } from "../leaf";
import { leafEntity } from "../leaf";
import type { Message } from "../message";
import { prefixed } from "../prefixed";
import { plainNumber, shortText } from "../scalar";

const AC: readonly [string, Leaf][] = [
  ["U_AC", { name: "AC voltage", unit: "V" }],
  ["I_AC", { name: "AC current", unit: "A" }],
  ["P_AC", { name: "Power", unit: "W" }],
  ["Q_AC", { name: "Reactive power", unit: "var" }],
  ["F_AC", { name: "Frequency", unit: "Hz" }],
  ["PF_AC", { name: "Power factor" }],
  ["Temp", { name: "Temperature", unit: "°C" }],
  ["P_DC", { name: "DC power", unit: "W" }],
  ["Efficiency", { name: "Efficiency", unit: "%" }],
  ["YieldDay", { name: "Yield day", unit: "Wh" }],
  ["YieldTotal", { name: "Yield total", unit: "kWh" }],
  ["active_PowerLimit", { name: "Power limit", unit: "%" }],
];
const DC: readonly [string, Leaf][] = [
  ["U_DC", { name: "voltage", unit: "V" }],
  ["I_DC", { name: "current", unit: "A" }],
  ["P_DC", { name: "power", unit: "W" }],
  ["YieldDay", { name: "yield day", unit: "Wh" }],
  ["YieldTotal", { name: "yield total", unit: "kWh" }],
  ["Irradiation", { name: "irradiation", unit: "%" }],
];
const DTU: Readonly<Record<string, Leaf>> = {
  wifi_rssi: { name: "Wifi signal", unit: "dBm", diagnostic: true },
  uptime: { name: "Uptime", unit: "s", diagnostic: true },
  free_heap: { name: "Free memory", unit: "B", diagnostic: true },
  version: { name: "Version", is: "text", diagnostic: true },
};
const [ac, dc] = [new Map(AC), new Map(DC)];

/**
 * AhoyDTU (https://github.com/lumapu/ahoy: src/hm/hmDefines.h has the fields and units, src/publisher the topics and words):
 * `<prefix>/<inverter>/ch0/P_AC` and `ch1…` for its strings, totals in `<prefix>/total`. A limit is set by the inverter's number in the
 * setup, which no topic says, so it is only shown.
 */
export const ahoydtu = prefixed({
  id: "ahoydtu",
  label: "AhoyDTU",
  prefixes: ["inverter"],
  marks: ["+/ch0/P_AC", "+/ch0/YieldTotal", "+/ch0/U_AC"].map((below) => ({
    below,
    mark: below,
    fits: (message) => plainNumber(message) !== undefined,
  })),
  isClear: (marks) => marks.size > 0,
  create: (book) => (prefix, below, message) => {
    const common: Proposal = {
      filter: message.topic,
      availability: { filter: `${prefix}/mqtt`, online: "connected", offline: "not connected" },
    };
    const [first = "", second = "", third = ""] = below;
    if (below.length === 1) return dtu(book, prefix, first, common, message);
    if (below.length === 2 && first === "total") {
      const leaf = ac.get(second);
      if (leaf) dtu(book, prefix, `total/${second}`, common, message, { ...leaf, name: `Total ${lower(leaf.name)}` });
      return;
    }
    const key = `${prefix}/${first}`;
    const leaf =
      below.length === 2 && second === "available"
        ? AVAILABLE
        : below.length !== 3
          ? undefined
          : second === "ch0"
            ? ac.get(third)
            : /^ch[1-6]$/.test(second)
              ? string(second.slice(2), dc.get(third))
              : undefined;
    const entity = leaf && leafEntity(below.slice(1).join("/"), leaf, common, message);
    if (entity && (book.has(key) || book.device(key, { name: first, maker: "Hoymiles" }))) book.entity(key, entity);
  },
});

const AVAILABLE: Leaf = {
  name: "Available",
  words: { "0": "Not available", "1": "Available, not producing", "2": "Producing" },
};

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const string = (n: string, leaf: Leaf | undefined): Leaf | undefined =>
  leaf && { ...leaf, name: `String ${n} ${leaf.name}` };

/** The gateway itself. */
function dtu(book: Book, prefix: string, key: string, common: Proposal, message: Message, total?: Leaf): void {
  if (key === "device") {
    const name = shortText(message, 60);
    if (name !== undefined) book.device(prefix, { name, maker: "AhoyDTU" });
    return;
  }
  const leaf = total ?? (Object.hasOwn(DTU, key) ? DTU[key] : undefined);
  const entity = leaf && leafEntity(key, leaf, common, message);
  if (entity && (book.has(prefix) || book.device(prefix, { name: "AhoyDTU", maker: "AhoyDTU" })))
    book.entity(prefix, entity);
}
