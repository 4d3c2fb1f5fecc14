import { z } from "zod";
import { err, ok, type Result } from "../../result";
import { type Said, say } from "../../texts/said";
import { FormatFault, readWhole } from "../binary";
import type { Decoder } from "../decoder";
import type { DescribedFormat, FormatFields } from "../format";
import { readRoot } from "./message";
import { type MessageShape, parseProto } from "./schema";

const fields = {
  proto: {
    schema: z.string().min(1).max(100_000).optional(),
    title: "fields.proto",
    help: "fields.protoHelp",
    control: { is: "proto" },
  },
  message: {
    schema: z.string().min(1).max(300).optional(),
    title: "fields.message",
    about: "about.message",
    control: { is: "protoMessage" },
    required: true,
  },
} as const satisfies FormatFields;

export const protobuf: DescribedFormat<typeof fields> = {
  id: "protobuf",
  label: "formats.protobuf",
  reads: "Protocol Buffers, by the text of a .proto (`proto`) and the name of a message (`message`)",
  fields,
  needs: {
    proto: "schema.needsProto",
    message: "schema.needsMessage",
  },
  decoderFor: ({ proto, message }) => protobufDecoder(proto ?? "", message ?? ""),
};

/**
 * Protocol Buffers, by the text of a .proto and the name of a message. Fields have the names of the .proto, 64-bit integers keep all
 * digits, bytes become hexadecimal text, enums their names, google.protobuf.Timestamp ISO 8601.
 */
export function protobufDecoder(
  proto: string,
  message: string,
): Result<Decoder, { field: "proto" | "message"; message: Said }> {
  const schema = parseProto(proto);
  if (!schema.ok) return err({ field: "proto", message: schema.error });
  let shape: MessageShape | undefined;
  try {
    shape = schema.value.messageOf(message);
  } catch (cause) {
    if (!(cause instanceof FormatFault)) throw cause;
    return err({ field: "proto", message: cause.why });
  }
  if (!shape) {
    const names = schema.value.messages.slice(0, 8).join(", ");
    const why = names ? say("schema.protoNoMessage", { message, names }) : say("schema.protoNoMessages", { message });
    return err({ field: "message", message: why });
  }
  const root = shape;
  const called = say("reject.aMessage", { message });
  return ok({
    id: "protobuf",
    type: undefined,
    structured: true,
    decode: (payload) => readWhole(called, payload, (cursor) => readRoot(root, cursor.take(cursor.left))),
    // Commands cannot send binary payloads yet.
    encode: () => null,
  });
}
