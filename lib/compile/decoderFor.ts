import type { CompileError } from "../compiled";
import { bytesDecoder } from "../decoders/bytes";
import { type Decoder, withNothing } from "../decoders/decoder";
import { protobufDecoder } from "../decoders/protobuf";
import { decoders } from "../decoders/registry";
import { unwrapped } from "../decoders/unwrap";
import type { Registration } from "../registration";
import { err, ok, type Result } from "../result";

/** What reads the payloads of a registration: its format, by its description where it needs one, out of its wrapping. */
export function decoderFor(registration: Registration): Result<Decoder, CompileError> {
  const plain = withoutWrapping(registration);
  if (!plain.ok || registration.encoding === undefined) return plain;
  return ok(unwrapped(registration.encoding, plain.value));
}

function withoutWrapping({ format = "auto", struct, proto, message }: Registration): Result<Decoder, CompileError> {
  if (format === "bytes") return ok(withNothing(bytesDecoder(struct ?? [])));
  if (format !== "protobuf") return ok(decoders[format]);
  const made = protobufDecoder(proto ?? "", message ?? "");
  return made.ok ? ok(withNothing(made.value)) : err({ pointer: `/${made.error.field}`, message: made.error.message });
}
