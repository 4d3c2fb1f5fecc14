/// <reference types="next/image-types/global" />
import sprite from "./glyphs.svg";

/** With a hash of its content, among the files of this build: a page gets its own glyphs from nodes of any version, and after an upgrade. */
const { src: SPRITE }: { src: string } = sprite;

/**
 * A glyph in the text's colour, drawn by the browser from our own server: the built-in ones from one file, a chosen one (`usual/chosen`,
 * lib/glyphs) from its own (server/http/icons.ts). Always beside words.
 */
export function Glyph({ name, className = "" }: { name: string; className?: string }) {
  return (
    <svg className={`glyph ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      <use href={name.includes("/") ? `/icons/${name}.svg#i` : `${SPRITE}#${name}`} />
    </svg>
  );
}
