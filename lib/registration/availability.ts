import { z } from "zod";
import { type Fields, shapeOf } from "./field";
import { JinjaText, JsonPathText, PayloadText } from "./texts";

/** The fields of one availability topic. */
export const AVAILABILITY_FIELDS = {
  filter: {
    schema: z.string().min(1).max(2000),
    title: "fields.availabilityFilter",
    help: "fields.availabilityFilterHelp",
    control: { is: "text", placeholder: "plant/pump/lwt", mono: true },
    required: true,
    wide: true,
  },
  value: {
    schema: JsonPathText.optional(),
    title: "fields.availabilityValue",
    about: "about.availabilityValue",
    control: { is: "text", placeholder: "$.state", mono: true },
  },
  jinja: {
    schema: JinjaText.optional(),
    title: "fields.availabilityJinja",
    about: "about.availabilityJinja",
    control: { is: "code", placeholder: "{{ value_json.state }}" },
    wide: true,
  },
  online: {
    schema: PayloadText.default("online"),
    title: "fields.online",
    control: { is: "text", placeholder: "online", mono: true, exact: true },
  },
  offline: {
    schema: PayloadText.default("offline"),
    title: "fields.offline",
    control: { is: "text", placeholder: "offline", mono: true, exact: true },
  },
} as const satisfies Fields;

/** Who says whether the device is there: its last will, a bridge's state, ... */
export const Availability = z.strictObject(shapeOf(AVAILABILITY_FIELDS));
export type Availability = z.infer<typeof Availability>;
