import type { z } from "zod";
import type { Field } from "../registration/field";
import type { Result } from "../result";
import type { Said } from "../texts/said";
import type { PlainKey } from "../texts/t";
import type { Decoder } from "./decoder";

/** What a format says of itself, for people and for the documentation. Its id is the name of its folder. */
export interface FormatFacts {
  /** People write it into telltale.yaml, so it never changes. */
  readonly id: string;
  /** In the form's choice, and where the explorer recognises the format. */
  readonly label: PlainKey;
  /** What it reads, as the table in docs/formats.md says it (Markdown). */
  readonly reads: string;
}

/** What the explorer proposes for a payload that the format reads as one thing. */
export interface WholeProposal {
  /** `place`: where something is, beside the numbers of the same payload. */
  readonly kind: "topic" | "place";
  /** Added to the name that the topic gives. */
  readonly nameSuffix: string;
  /** Nothing else is proposed for such a payload. */
  readonly alone: boolean;
}

/** A format that needs nothing but the bytes. */
export interface PlainFormat extends FormatFacts, Decoder {
  /** Whether the bytes are hardly anything else, so that the explorer tries this format first. */
  isLikely?(payload: Uint8Array): boolean;
  /** The member of its documents that is read without a path where it is the only value. */
  readonly soleMember?: string;
  /** Absent: the explorer proposes the fields that it finds. */
  readonly proposes?: WholeProposal;
}

/** What a registration says for one format. A change of it reads the value anew. */
export type FormatFields = Readonly<Record<string, Field>>;

/** A format that reads the bytes by a description in the registration. */
export interface DescribedFormat<Fields extends FormatFields> extends FormatFacts {
  /** What a registration says for this format and for no other. */
  readonly fields: Fields;
  /** The fields that it cannot do without: what each says, with an example. The first stands for all where they exclude another field. */
  readonly needs: Readonly<Record<keyof Fields & string, string>>;
  /** The decoder of one registration, or which field is at fault. */
  decoderFor(
    said: { readonly [Name in keyof Fields]?: z.infer<Fields[Name]["schema"]> },
  ): Result<Decoder, { field: string; message: Said }>;
}
