import type { AnnouncedPart, Proposal } from "../announced";
import { boundedMap, type Convention } from "../convention";
import type { Message } from "../message";
import { composite } from "../proposals";
import { plainNumber, shortText } from "../scalar";

/**
 * WLED (https://kno.wled.ge/interfaces/mqtt, and wled00/mqtt.cpp and xml.cpp of https://github.com/wled/WLED): below the device's topic
 * (`wled/<MAC>`, or any) `g` is the brightness, `c` the colour, `v` the state as XML, by which it is recognised. Commands go to the topic
 * itself and to `col`.
 */
export const wled: Convention = {
  id: "wled",
  label: "WLED",
  filters: ["wled/+/g", "wled/+/c", "wled/+/v"],
  shapes: ["+/v", "+/+/v", "+/+/+/v"],
  create(book, ask) {
    const bases = boundedMap<{ sure: boolean; name?: string; seen: Map<string, boolean> }>(2000);
    return (message) => {
      const base = message.levels.slice(0, -1).join("/");
      const leaf = message.levels.at(-1) ?? "";
      if (base === "") return;
      const state = leaf === "v" ? stateIn(message) : undefined;
      if (leaf === "v" && !state) return;
      const known = bases.open(base, () => ({ sure: false, seen: new Map() }));
      if (state) {
        if (!known.sure && message.levels[0] !== "wled") for (const one of ["g", "c", "v"]) ask(`${base}/${one}`);
        known.sure = true;
        if (state.name !== undefined) known.name = state.name;
      } else if (leaf === "g" || leaf === "c") known.seen.set(leaf, fits(leaf, message));
      // Without the XML the two together are as clear, below WLED's own prefix.
      if (!known.sure && !(message.levels[0] === "wled" && known.seen.get("g") && known.seen.get("c"))) return;
      const called = known.name ?? `WLED ${base.split("/").at(-1)?.slice(-6)}`;
      if (!book.device(base, { name: called, maker: "WLED", unnamed: known.name === undefined })) return;
      book.entity(base, composite({ key: "light", name: "Light", kind: "light" }, parts(base)));
    };
  },
};

/** The colour is `#%06X`: a white part smaller than 16 adds one digit only. */
const fits = (leaf: string, message: Message): boolean =>
  leaf === "g" ? /^\d{1,3}$/.test(String(plainNumber(message))) : /^#[0-9a-f]{6,8}$/i.test(shortText(message) ?? "");

const MAX_XML = 4096;

/** The name in WLED's state, without what it adds while another program drives the lamp; undefined if it is none. */
function stateIn(message: Message): { name: string | undefined } | undefined {
  const xml = message.text(MAX_XML);
  if (xml === undefined || !xml.includes("<vs>") || !/<ac>\d{1,3}<\/ac>/.test(xml) || !/<fx>\d{1,3}<\/fx>/.test(xml))
    return undefined;
  const name = /<ds>([^<]{1,60})<\/ds>/
    .exec(xml)?.[1]
    ?.replace(/ \(live\)$/, "")
    .trim();
  return { name: name === "" ? undefined : name };
}

function parts(base: string): AnnouncedPart[] {
  const common: Proposal = { availability: { filter: `${base}/status`, online: "online", offline: "offline" } };
  return [
    {
      role: "state",
      registration: {
        ...common,
        filter: `${base}/g`,
        jinja: "{{ 'ON' if value | int(0) > 0 else 'OFF' }}",
        type: "boolean",
        payloads: { on: "ON", off: "OFF" },
        command: { topic: base },
      },
    },
    {
      role: "brightness",
      registration: {
        ...common,
        filter: `${base}/g`,
        type: "number",
        range: [0, 255],
        command: { topic: base, min: 0, max: 255, step: 1 },
      },
    },
    {
      role: "color",
      registration: { ...common, filter: `${base}/c`, type: "text", command: { topic: `${base}/col` } },
    },
  ];
}
