import type { CompileError } from "../compiled";
import { type Decoder, withNothing } from "../decoders/decoder";
import { decoders, describedFormats, type PlainDecoderId } from "../decoders/registry";
import { unwrapped } from "../decoders/unwrap";
import type { Registration } from "../registration";
import { err, ok, type Result } from "../result";

/** The decoder of a registration: its format, made from its description where it needs one, and its encoding undone. */
export function decoderFor(registration: Registration): Result<Decoder, CompileError> {
  const plain = withoutWrapping(registration);
  if (!plain.ok || registration.encoding === undefined) return plain;
  return ok(unwrapped(registration.encoding, plain.value));
}

function withoutWrapping(registration: Registration): Result<Decoder, CompileError> {
  const { format = "auto" } = registration;
  const described = describedFormats.find(({ id }) => id === format);
  if (!described) return ok(decoders[format as PlainDecoderId]);
  const made = described.decoderFor(registration);
  return made.ok ? ok(withNothing(made.value)) : err({ pointer: `/${made.error.field}`, message: made.error.message });
}
