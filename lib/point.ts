import { z } from "zod";
import { Part } from "./composite/part";
import { Origin } from "./configOrigin";
import { BrokerId, PointId, RegistrationId } from "./ids";
import { Category, DeviceClass, ValueType, Words } from "./registration";
import { Said, Wording } from "./texts/saidSchema";
import { ThresholdsSchema } from "./thresholds";

/** How an actuator is operated; decides which tile fits it. */
export const CommandKind = z.enum(["switch", "number", "select", "button", "text"]);
export type CommandKind = z.infer<typeof CommandKind>;

/** `text`: what it says for people, as it travels (Said) or in words. */
const pointCommandWith = <T extends z.ZodType>(text: T) =>
  z.object({
    kind: CommandKind,
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
    options: z.array(z.string()).optional(),
    /** No state topic: nothing will ever confirm it. */
    assumed: z.boolean(),
    /** The question to ask first. */
    ask: text.optional(),
    send: z.enum(["release", "moving"]),
    confirmMs: z.number(),
    /** Why no command can be sent, whoever asks; absent: it can. */
    blocked: text.optional(),
  });

/** What a browser may know of an actuator's command: never its topic's payloads, only what to ask with. */
export const PointCommand = pointCommandWith(Said);
export type PointCommand = z.infer<typeof PointCommand>;
/** As programs read it over HTTP. */
export const PointCommandOut = pointCommandWith(Wording);
export type PointCommandOut = z.infer<typeof PointCommandOut>;

/** What stays the same about a point while its readings change. */
export const PointInfo = z.object({
  id: PointId,
  registration: RegistrationId,
  origin: Origin,
  broker: BrokerId,
  /** The concrete topic that the state comes from; absent for an assumed actuator. */
  topic: z.string().optional(),
  name: z.string(),
  device: z.string().optional(),
  area: z.string().optional(),
  /** As registered, or as the first reading showed; absent while nothing was seen. */
  type: ValueType.optional(),
  /** What its text stands for, where that is more than words: see lib/decoders/image and lib/decoders/location. */
  holds: z.enum(["picture", "place"]).optional(),
  unit: z.string().optional(),
  precision: z.number().optional(),
  words: Words.optional(),
  category: Category.optional(),
  deviceClass: DeviceClass.optional(),
  /** Its glyph, `thermometer`, or its own with the usual one before it, `thermometer/sofa`: lib/glyphs/glyphOf.ts. */
  icon: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  thresholds: ThresholdsSchema.optional(),
  command: PointCommand.optional(),
  /** Of an actuator: the revision at which the meaning of its value or command last changed. */
  rev: z.number().optional(),
  /** Of what it is a part, where several points are one thing to people. */
  part: Part.extend({ of: z.string(), name: z.string().optional() }).optional(),
  /** Which readings history keeps, where that is said: between two of `change` the value stayed. Absent: every one. */
  kept: z.enum(["every", "change", "some", "nothing"]).optional(),
  /** Whether the person who asked may operate it. */
  operable: z.boolean(),
});
export type PointInfo = z.infer<typeof PointInfo>;
