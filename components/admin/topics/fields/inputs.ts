import { AvailabilityInput } from "./AvailabilityInput";
import { CommandInput } from "./CommandInput";
import type { Inputs } from "./FieldList";
import { ProtoInput, ProtoMessageInput, StructInput } from "./FormatInputs";
import { HistoryInput } from "./HistoryInput";
import { PartInput } from "./PartInput";
import { plainInputs } from "./plainInputs";
import { StaleInput } from "./StaleInput";
import { ThresholdsInput } from "./ThresholdsInput";

/** Every control of the form, by the kind in the entries of lib/registration. */
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
  // Values are edited in the list of the payload's fields.
  values: () => null,
};
