import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

/** A made-up thing, added as docs/adding.md says. */
export interface Template {
  /** The files of its folder, by their path in the repository. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines elsewhere, each behind one that is there. */
  readonly lines: readonly { file: string; behind: string; add: string }[];
}

/** What somebody who adds it has to touch: folders, and lines of other files. An import belongs to the line that uses it. */
export function placesOf({ files, lines }: Template): string[] {
  const folders = new Set(Object.keys(files).map((file) => `${dirname(file)}/`));
  return [...folders, ...lines.filter(({ add }) => !add.startsWith("import ")).map(({ file }) => file)];
}

/** All of these at once. */
export const together = (templates: readonly Template[]): Template => ({
  files: Object.assign({}, ...templates.map(({ files }) => files)),
  lines: templates.flatMap(({ lines }) => lines),
});

/**
 * A copy of these folders (or files) of the repository, without their tests, and with the thing in it.
 * `closed`: what is loaded from it imports by the alias from the copy too, not from the repository.
 */
export function copyWith(
  { files, lines }: Template,
  folders: readonly string[] = ["lib"],
  { closed = false }: { closed?: boolean } = {},
) {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "telltale-adding-")));
  for (const folder of folders)
    cpSync(join(ROOT, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !/\.(test|harness)\.tsx?$/.test(path),
    });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text.trimStart());
  }
  for (const { file, behind, add } of lines) {
    const text = `\n${readFileSync(join(copy, file), "utf8")}`;
    const parts = text.split(`\n${behind}\n`);
    if (parts.length !== 2) throw new Error(`${file} has the line "${behind}" ${parts.length - 1} times`);
    writeFileSync(join(copy, file), parts.join(`\n${behind}\n${add}\n`).slice(1));
  }
  if (closed)
    for (const file of readdirSync(copy, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.tsx?$/.test(name),
    )) {
      const text = readFileSync(join(copy, file), "utf8");
      if (text.includes('"@/')) writeFileSync(join(copy, file), text.replaceAll('"@/', `"${copy}/`));
    }
  return {
    root: copy,
    load: <Module>(path: string): Promise<Module> => import(/* @vite-ignore */ join(copy, path)),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
