/**
 * Compares what a program shows of devices with what a person would expect to see (`<source>.expected.json`). The program's answer is a
 * list of points; each fact of an expectation is right, wrong or missing. Nothing here knows how the points came to be.
 *
 * point: { device?, model?, name, kind, role?, whole?, filter?, path?, metric?, value, unit?, command?: {topic, encode(value)},
 *          availability: [{filter, read(text)}], online?: boolean }
 *
 * `device` is the name that the device has itself: levels of a topic that stand in for it are not one. `whole` is alike for the parts of
 * one cover, light or climate. An expected `command: null` says that there must be none.
 */

/** Adds the counts of one source to those of all. */
export function addConventions(total, conventions) {
  for (const [id, counts] of conventions) {
    const own = total.get(id) ?? { right: 0, wrong: 0, missing: 0 };
    for (const verdict of Object.keys(own)) own[verdict] += counts[verdict];
    total.set(id, own);
  }
}

/** A line for each convention, the one with the most facts first. */
export const conventionLines = (total) =>
  [...total]
    .sort(([, a], [, b]) => b.right + b.wrong + b.missing - (a.right + a.wrong + a.missing))
    .map(([id, { right, wrong, missing }]) => `  ${id}: right ${right}, wrong ${wrong}, missing ${missing}`);

const FACETS = ["value", "unit", "kind", "command", "availability", "device", "name", "parts"];

export function compareSource(expected, points, lastOn, matches) {
  const tally = { right: 0, wrong: 0, missing: 0, lines: [], conventions: new Map() };
  for (const want of expected) {
    const { facts, by } = judge(want, points, lastOn, matches);
    for (const [facet, verdict, note] of facts) {
      tally[verdict]++;
      const own = tally.conventions.get(by) ?? { right: 0, wrong: 0, missing: 0 };
      own[verdict]++;
      tally.conventions.set(by, own);
      if (verdict !== "right")
        tally.lines.push(`  ${verdict}: ${want.device} / ${want.name}: ${facet}${note ? ` (${note})` : ""}`);
    }
  }
  return tally;
}

/** The facts of one expectation, and which convention found the point (`proposed`: the explorer; `-`: nobody). */
function judge(want, points, lastOn, matches) {
  const found = candidates(want, points, matches);
  const by = (point) => point?.convention ?? (point ? "proposed" : "-");
  if (want.kind === "absent")
    return {
      facts: [["absence", ...(found.length > 0 ? ["wrong", "it is listed"] : ["right"])]],
      by: by(found[0]),
    };
  if (/availability$/.test(want.kind)) {
    const said = points.find((point) => point.availability.some(({ filter }) => filter === want.topic));
    return { facts: judgeAvailability(want, points, lastOn), by: by(said ?? points[0]) };
  }
  if (found.length === 0) return { facts: facetsOf(want).map((facet) => [facet, "missing", "not found"]), by: "-" };
  const judged = found.map((point) => ({
    facts: facetsOf(want)
      .flatMap((facet) =>
        facet === "parts" ? judgeParts(want, point, points, matches) : [judgeFacet[facet](want, point)],
      )
      .filter(Boolean),
    by: by(point),
  }));
  const score = ({ facts }) =>
    facts.reduce((sum, [, verdict]) => sum + (verdict === "right" ? 1 : verdict === "wrong" ? -10 : 0), 0);
  return judged.sort((a, b) => score(b) - score(a))[0];
}

const facetsOf = (want) =>
  FACETS.filter((facet) => {
    if (facet === "unit") return want.unit !== undefined;
    // A chart's expectation without a value only asks for the point.
    if (facet === "value") return want.kind !== "history" || want.value !== null;
    if (facet === "command" || facet === "availability") return want[facet] !== undefined;
    if (facet === "parts") return want.kind === "cover" || want.parts !== undefined;
    return true;
  });

function candidates(want, points, matches) {
  if (want.metric !== undefined)
    return points.filter(
      (p) => p.metric === want.metric && (p.device === want.device || overlap(p.device ?? "", want.device)),
    );
  const path = jsonPath(want.path);
  return points.filter((p) => {
    if (!p.filter || !matches(p.filter, want.topic)) return false;
    return p.path === path || (path === "$.value" && p.path === "$");
  });
}

/** `a.b[0]["c:d"]` as the project's own spelling of a JSONPath. */
function jsonPath(path) {
  if (path === undefined) return "$";
  let made = "$";
  for (const [, name, index, quoted] of path.matchAll(/([^.[\]"']+(?=[.[]|$))|\[(\d+)\]|\[["']([^"']+)["']\]/g)) {
    if (index !== undefined) made += `[${index}]`;
    else {
      const key = quoted ?? name;
      made += /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key}']`;
    }
  }
  return made;
}

/** The places in the payloads of a topic of which something is expected. */
export const wantedOf = (expected, topic) =>
  new Set(expected.filter((want) => want.topic === topic && want.kind !== "absent").map((want) => jsonPath(want.path)));

const judgeFacet = {
  value(want, point) {
    if (/history$/.test(want.kind))
      return ["value", point.past.some((one) => sameValue(want.value, one, point.words)) ? "right" : "missing"];
    const same = sameValue(want.value, point.value, point.words);
    if (same) return ["value", "right"];
    if (point.value === undefined) return ["value", want.value === null ? "right" : "missing", "no reading"];
    return ["value", "wrong", `${JSON.stringify(point.value)} instead of ${JSON.stringify(want.value)}`];
  },
  unit(want, point) {
    if (point.unit === undefined)
      return want.unit_in_traffic === false ? undefined : ["unit", "missing", `no ${want.unit}`];
    return sameUnit(want.unit, point.unit)
      ? ["unit", "right"]
      : ["unit", "wrong", `${point.unit} instead of ${want.unit}`];
  },
  kind(want, point) {
    const group = KINDS[want.kind];
    if (!group || group.includes(point.kind)) return ["kind", "right"];
    return ["kind", "wrong", `${point.kind} instead of ${want.kind}`];
  },
  command(want, point) {
    if (want.command === null)
      return point.command ? ["command", "wrong", `${point.command.topic} instead of none`] : ["command", "right"];
    if (!point.command) return ["command", "missing", "no command"];
    const ways = [want.command, want.command.alt].filter(Boolean);
    const faults = ways.map((way) => commandFault(way, point.command));
    return faults.includes(undefined) ? ["command", "right"] : ["command", "wrong", faults[0]];
  },
  availability(want, point) {
    const { topic, online, offline, bridge } = want.availability;
    if (point.availability.length === 0) return ["availability", "missing"];
    const one = point.availability.find((a) => a.filter === topic);
    if (!one)
      return ["availability", "wrong", `${point.availability.map((a) => a.filter).join(", ")} instead of ${topic}`];
    if (one.read(online) !== "online" || one.read(offline) !== "offline")
      return ["availability", "wrong", "its words are not understood"];
    if (bridge && !point.availability.some((a) => a.filter === bridge))
      return ["availability", "wrong", `not ${bridge}`];
    return ["availability", "right"];
  },
  device(want, point) {
    if (point.device === undefined) return ["device", "missing", "it has no name"];
    return sameDevice(want.device, point)
      ? ["device", "right"]
      : ["device", "wrong", `${point.device} instead of ${want.device}`];
  },
  name: (want, point) =>
    (want.metric !== undefined && want.metric === point.metric) || sameName(want, point)
      ? ["name", "right"]
      : ["name", "wrong", `${point.name} instead of ${want.name}`],
};

const READ = ["sensor", "binary_sensor", "device_tracker", "event", "update", "location", "number", "select", "text"];
const KINDS = {
  sensor: [...READ, "climate", "light", "cover"],
  enum: READ,
  battery: READ,
  binary_sensor: ["binary_sensor", "sensor"],
  location: ["location", "device_tracker", "sensor"],
  switch: ["switch", "light"],
  light: ["light", "switch"],
  cover: ["cover"],
  climate: ["climate"],
};

/** The parts of a cover that take a number. */
const PLACES = ["position", "tilt"];
/** The moves that a cover may be asked for, by the part that sends each. */
const MOVES = { payload_open: "open", payload_close: "close", payload_stop: "stop" };

/** Of a whole (a cover, a light): that it is one, and what its other parts show and send. */
function judgeParts(want, point, points, matches) {
  const parts = point.whole === undefined ? [] : points.filter(({ whole }) => whole === point.whole);
  const facts = [];
  if (want.kind === "cover") {
    const has = (...roles) => parts.some(({ role }) => roles.includes(role));
    facts.push(has("position", "state", "closed") ? ["parts", "right"] : ["parts", "missing", "no position or state"]);
  }
  for (const [member, role] of Object.entries(MOVES)) {
    const payload = want.command?.[member];
    if (payload === undefined) continue;
    const sends = parts.some(
      (part) =>
        part.command?.topic === want.command.topic &&
        !PLACES.includes(part.role) &&
        [role, null, true, role.toUpperCase()].some((asked) => sameSent(part.command.encode(asked), payload)),
    );
    facts.push(sends ? [`part ${role}`, "right"] : [`part ${role}`, "missing", payload]);
  }
  for (const [role, expected] of Object.entries(want.parts ?? {})) {
    const part = parts.find((one) => one.role === role);
    if (expected === null) {
      facts.push(part ? [`part ${role}`, "wrong", "it is listed"] : [`part ${role}`, "right"]);
      continue;
    }
    if (!part) {
      facts.push([`part ${role}`, "missing", "not found"]);
      continue;
    }
    const whole = { kind: want.kind, device: want.device, name: role, ...expected };
    for (const facet of ["value", "unit", "command"])
      if (expected[facet] !== undefined) {
        const fact = judgeFacet[facet](whole, part);
        if (fact) facts.push([`part ${role}: ${facet}`, ...fact.slice(1)]);
      }
    if (expected.topic !== undefined)
      facts.push([`part ${role}: topic`, part.filter && matches(part.filter, expected.topic) ? "right" : "wrong"]);
  }
  return facts;
}

const sameSent = (sent, payload) => sent === payload || sameJson(payload, sent);

function judgeAvailability(want, points, lastOn) {
  const offline = want.value === "lwt" || /offline|lost|false/i.test(String(want.value));
  if (want.metric === undefined && /^sparkplug/.test(want.kind)) {
    const mine = points.filter(
      (p) => p.metric !== undefined && overlap(p.device ?? "", want.device) && p.online !== undefined,
    );
    if (mine.length === 0) return [["availability", "missing"]];
    return [["availability", mine.every((p) => p.online === !offline) ? "right" : "wrong"]];
  }
  const said = points.flatMap((p) => p.availability).find((a) => a.filter === want.topic);
  if (!said) return [["availability", "missing"]];
  const last = lastOn(want.topic);
  const word = last === undefined ? undefined : said.read(last);
  if (word === undefined) return [["availability", "wrong", "its word is not understood"]];
  return [["availability", (word === "offline") === offline ? "right" : "wrong", word]];
}

function sameValue(want, got, words) {
  if (got === undefined) return false;
  if (want === null || got === null) return want === got;
  if (want === got) return true;
  if (typeof got === "number")
    return (
      typeof want !== "boolean" &&
      String(want).trim() !== "" &&
      Math.abs(Number(want) - got) <= 1e-9 * Math.max(1, Math.abs(got))
    );
  if (typeof got === "boolean") {
    const text = String(want).toLowerCase();
    const word = words?.[got ? "on" : "off"]?.toLowerCase();
    return (
      text === word ||
      (got ? ["on", "true", "1", "online", "open"] : ["off", "false", "0", "offline", "closed"]).includes(text)
    );
  }
  return String(want) === String(got) || sameJson(want, got);
}

const unit = (text) =>
  text
    .replace(/[\s°·⋅]/g, "")
    .replace(/[µμ]/g, "u")
    .replace(/⁻¹/g, "-1")
    .replace(/[²⁻]/g, (c) => (c === "²" ? "2" : "-"))
    .replace(/³/g, "3");
const sameUnit = (a, b) => unit(a) === unit(b) || unit(a).toLowerCase() === unit(b).toLowerCase();

function commandFault(way, command) {
  if (way.metric !== undefined) {
    const sent = command.metric?.(way.value ?? 1);
    if (!sent) return "it cannot be sent";
    const same = sent.topic === way.topic && sent.name === way.metric && sent.datatype === way.datatype;
    return same && (way.alias === undefined || way.alias === sent.alias) ? undefined : JSON.stringify(sent);
  }
  if (command.topic !== way.topic) return `${command.topic} instead of ${way.topic}`;
  const tries =
    way.payload_on !== undefined
      ? [
          [true, way.payload_on],
          [false, way.payload_off],
        ]
      : way.payload !== undefined
        ? [[valueIn(way.payload), way.payload]]
        : [];
  for (const [value, payload] of tries) {
    const sent = command.encode(value);
    // A thermostat's mode may be called off and be no switch.
    if (command.encode(payload) === payload) continue;
    if (sent !== payload && !sameJson(payload, sent)) return `${sent} instead of ${payload}`;
  }
  return undefined;
}

/** Which points are to be told what, so that the commands that are expected go out. */
export function valuesToSend(expected, points, matches) {
  const made = new Map();
  for (const want of expected) {
    if (!want.command) continue;
    for (const point of candidates(want, points, matches)) {
      if (!point.command) continue;
      const values = made.get(point.id) ?? new Set();
      for (const way of [want.command, want.command.alt].filter(Boolean))
        for (const value of way.metric !== undefined
          ? [way.value ?? 1]
          : way.payload_on !== undefined
            ? [true, false]
            : way.payload !== undefined
              ? [valueIn(way.payload)]
              : [])
          values.add(value);
      made.set(point.id, values);
    }
  }
  return [...made].map(([point, values]) => ({ point, values: [...values] }));
}

/** The value that a payload carries: its one leaf, or itself. */
function valueIn(payload) {
  try {
    let at = JSON.parse(payload);
    // Of a call the parameter beside the component's number.
    if (at?.method && at.params) at = "on" in at.params ? at.params.on : { ...at.params, id: undefined };
    // Beside what is set, a lamp is told that it is on.
    else if (typeof at === "object" && at !== null && "state" in at && Object.keys(at).length > 1)
      at = { ...at, state: undefined };
    while (typeof at === "object" && at !== null) at = Object.values(at).find((one) => one !== undefined);
    return at;
  } catch {
    // A bare word is its own value.
    return { on: true, off: false }[payload] ?? payload;
  }
}

function sameJson(a, b) {
  try {
    const strip = (text) => {
      const o = JSON.parse(text);
      // Who calls, and the number of the call, are the caller's.
      if (o?.method) return JSON.stringify({ method: o.method, params: o.params });
      return JSON.stringify(o);
    };
    return strip(a) === strip(b);
  } catch {
    // Not JSON: only the exact text would be the same, and that was compared.
    return false;
  }
}

const tokens = (text) =>
  String(text ?? "")
    .normalize("NFKD")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 0);
const squash = (text) => tokens(text).join("");

/** Words of a name that say nothing by themselves. */
const isTelling = (word) => word.length > 1 || /\d/.test(word);

/** Every word of one name is in the other, or written together there ("tasmota 01", "tasmota01"). */
function covers(name, other) {
  const words = tokens(name).filter(isTelling);
  const there = new Set(tokens(other));
  const together = squash(other);
  if (words.length === 0) return squash(name) !== "" && squash(name) === together;
  return words.every((word) => there.has(word) || (word.length > 2 && together.includes(word)));
}

/** The device's own name, or its model where that is what it is expected by: one has the words of the other, and not just a few. */
const sameDevice = (wanted, { device, model }) =>
  [device, `${model ?? ""} ${device}`].some((own) => own.trim() !== "" && covers(wanted, own)) ||
  (covers(device, wanted) && tokens(device).length * 2 >= tokens(wanted).length) ||
  (model !== "" && covers(model, wanted));

/** The words that the expected name has beyond those of its device are in the point's name, or the other way round; no topic counts. */
function sameName(want, point) {
  const own = `${point.device ?? ""} ${point.model ?? ""} ${point.name}`;
  return covers(want.name, own) || covers(point.name, `${want.device} ${want.name}`) || overlap(want.name, point.name);
}

/** Whether two names speak of the same thing: one within the other, or most words shared. */
function overlap(a, b) {
  const x = squash(a);
  const y = squash(b);
  if (x === "" || y === "") return false;
  if (x.includes(y) || y.includes(x)) return true;
  const words = tokens(a).filter(isTelling);
  const other = squash(b);
  return words.filter((word) => other.includes(word)).length * 2 >= Math.max(1, words.length);
}
