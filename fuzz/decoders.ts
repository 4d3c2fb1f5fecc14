import { compileRegistration } from "../lib/compile";
import type { CompiledRegistration } from "../lib/compiled";
import { MAX_PAYLOAD_BYTES } from "../lib/decoders/decoder";
import { decoders } from "../lib/decoders/registry";
import { createSparkplugSession } from "../lib/decoders/sparkplug/session";
import { PayloadEncoding, Registration, type RegistrationInput } from "../lib/registration";
import { PAYLOADS } from "./shapes";
import type { Target } from "./target";

const PROTO = `syntax = "proto3";
message M {
  int64 a = 1; string b = 2; repeated sint64 c = 3; repeated M d = 4; map<string, int32> e = 5; repeated double f = 6;
  repeated fixed64 g = 7; repeated T h = 8; bytes i = 9; repeated E j = 10;
  enum E { ZERO = 0; ONE = 1; }
  message T { int64 seconds = 1; int32 nanos = 2; }
}`;

/** Every way in which a registration can have a payload read. */
const WAYS: Readonly<Record<string, Partial<RegistrationInput>>> = {
  plain: {},
  number: { type: "number", unit: "°C", unknown: ["-127", "n/a"] },
  boolean: { type: "boolean", payloads: { on: "open", off: "closed" } },
  text: { type: "text" },
  path: { value: "$.value", time: "$.a" },
  "wild path": { value: "$..value" },
  "filter path": { value: "$[?@.value > 1].unit" },
  values: { values: { a: { value: "$.a" }, b: { value: "$[0]", type: "number" }, c: { value: "$.k1.value" } } },
  when: { when: "payload.a == 'x'" },
  transform: { transform: "value * 2", value: "$.value" },
  macro: { transform: "payload.exists(x, x == 1) ? 1 : 0" },
  merge: { filter: "t/+", merge: true },
  jinja: { jinja: "{{ value_json.a | default(value) }}" },
  availability: { availability: { filter: "t/a", value: "$.state", online: "1", offline: "0" } },
};

function registered(way: Partial<RegistrationInput>): CompiledRegistration | undefined {
  const parsed = Registration.safeParse({ id: "x", filter: "t", ...way });
  const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
  return compiled?.ok ? compiled.value : undefined;
}

const NOW = Date.UTC(2026, 10, 24, 12);
const bytes = { shapes: PAYLOADS, limit: MAX_PAYLOAD_BYTES };

const FORMATS: Readonly<Record<string, Partial<RegistrationInput>>> = {
  ...Object.fromEntries(Object.keys(decoders).map((format) => [format, { format }])),
  bytes: {
    format: "bytes",
    struct: [
      { key: "a", at: 0, type: "u64be" },
      { key: "b", at: 0, type: "text", length: 2000 },
      { key: "c", at: 8, type: "hex", length: 2000 },
    ],
  },
  protobuf: { format: "protobuf", proto: PROTO, message: "M" },
};

function formats(): Target<Uint8Array>[] {
  return Object.entries(FORMATS).flatMap(([format, said]) =>
    Object.entries(WAYS).flatMap(([way, more]) => {
      const compiled = registered({ ...said, ...more });
      // Not every format goes with every way.
      if (!compiled) return [];
      const availability = compiled.availability([]);
      return [
        {
          ...bytes,
          name: `${format}, ${way}`,
          read(payload: Uint8Array) {
            compiled.read(payload, NOW);
            for (const one of availability) one.read(payload);
          },
        },
      ];
    }),
  );
}

const wrapped = (): Target<Uint8Array>[] =>
  PayloadEncoding.options.flatMap((encoding) => {
    const compiled = registered({ encoding, format: "json" });
    return compiled
      ? [{ ...bytes, name: `json in ${encoding}`, read: (payload: Uint8Array) => compiled.read(payload, NOW) }]
      : [];
  });

const sparkplug: Target<Uint8Array> = {
  ...bytes,
  name: "sparkplug birth, then data",
  read(payload) {
    const session = createSparkplugSession();
    session.take("spBv1.0/g/NBIRTH/n", payload, NOW);
    session.take("spBv1.0/g/NDATA/n", payload, NOW);
  },
  // Two messages.
  budget: 100,
};

export const decoderTargets = (): Target<Uint8Array>[] => [...formats(), ...wrapped(), sparkplug];
