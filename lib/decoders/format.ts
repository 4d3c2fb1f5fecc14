import type { z } from "zod";
import type { Field } from "../registration/field";
import type { Result } from "../result";
import type { Said } from "../texts/said";
import type { PlainKey } from "../texts/t";
import type { Decoder } from "./decoder";

/** Describes a format to people and in the documentation. Its id is the name of its folder. */
export interface FormatFacts {
  /** People write it into telltale.yaml, so it never changes. */
  readonly id: string;
  /** Shown in the registration form, and in the explorer where it recognises the format. */
  readonly label: PlainKey;
  /** What it reads, as in the table of docs/formats.md (Markdown). */
  readonly reads: string;
}

/** What the explorer proposes for a payload that the format reads as one value. */
export interface WholeProposal {
  /** `place`: a position, proposed beside the numbers of the same payload. */
  readonly kind: "topic" | "place";
  /** Appended to the name that is derived from the topic. */
  readonly nameSuffix: string;
  /** Nothing else is proposed for such a payload. */
  readonly alone: boolean;
}

/** A format that needs nothing but the bytes. */
export interface PlainFormat extends FormatFacts, Decoder {
  /** Whether the bytes can hardly be of another format: the explorer then tries this one first. */
  isLikely?(payload: Uint8Array): boolean;
  /** The member that is read without a path where it is the document's only value. */
  readonly soleMember?: string;
  /** Absent: the explorer proposes the fields that it finds. */
  readonly proposes?: WholeProposal;
}

/** The registration's fields for one format. A change of one reads the last payload again. */
export type FormatFields = Readonly<Record<string, Field>>;

/** A format that needs a description of the bytes in the registration. */
export interface DescribedFormat<Fields extends FormatFields> extends FormatFacts {
  /** The fields of a registration that belong to this format only. */
  readonly fields: Fields;
  /** Its required fields: what each one describes, with an example. Where they exclude another field, the first is named for all. */
  readonly needs: Readonly<Record<keyof Fields & string, PlainKey>>;
  /** The decoder of one registration, or which field is at fault. */
  decoderFor(
    said: { readonly [Name in keyof Fields]?: z.infer<Fields[Name]["schema"]> },
  ): Result<Decoder, { field: string; message: Said }>;
}
