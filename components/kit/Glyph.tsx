/**
 * A glyph in the text's colour, drawn by the browser from our own server (server/http/icons.ts): the built-in ones from one file, a chosen
 * one (`usual/chosen`, lib/glyphs) from its own. Always beside words.
 */
export function Glyph({ name, className = "" }: { name: string; className?: string }) {
  return (
    <svg className={`glyph ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      <use href={name.includes("/") ? `/icons/${name}.svg#i` : `/icons/glyphs.svg#${name}`} />
    </svg>
  );
}
