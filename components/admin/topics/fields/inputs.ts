import { AvailabilityInput } from "./AvailabilityInput";
import { CommandInput } from "./CommandInput";
import type { Inputs } from "./FieldList";
import { ProtoInput, ProtoMessageInput, StructInput } from "./FormatInputs";
import { HistoryInput } from "./HistoryInput";
import { PartInput } from "./PartInput";
import { plainInputs } from "./plainInputs";
import { StaleInput } from "./StaleInput";
import { ThresholdsInput } from "./ThresholdsInput";

/** Every control of the form, by the kind that an entry of lib/registration names. */
export const inputs: Inputs = {
  ...plainInputs,
  thresholds: ThresholdsInput,
  stale: StaleInput,
  struct: StructInput,
  proto: ProtoInput,
  protoMessage: ProtoMessageInput,
  availability: AvailabilityInput,
  command: CommandInput,
  part: PartInput,
  history: HistoryInput,
  // The list of the fields that arrive asks for them.
  values: () => null,
};
