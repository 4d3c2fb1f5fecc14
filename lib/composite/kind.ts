import type { CommandKind } from "../point";
import type { PlainKey } from "../texts/t";

/** All about one kind of thing that is shown as one tile though it is several points. */
export interface CompositeSpec {
  /** In the form's choice. */
  readonly label: PlainKey;
  /**
   * The roles that its tile draws, in its order, each with what people read in the tile and in the form. Any other role is kept where it
   * stands, and is a tile of its own.
   */
  readonly roles: Readonly<Record<string, PlainKey>>;
  /** Which of the roles the tile is named after, counted by and opened with: the first that is there. */
  readonly main: readonly string[];
  /** How conventions call the roles; what is not here keeps its name. */
  readonly spoken: Readonly<Record<string, string>>;
  /** The role of the tile's own point where none is registered, by its command; `none`: without one. */
  readonly guessed: { readonly none: string } & Readonly<Partial<Record<CommandKind, string>>>;
}
