import { dirname } from "node:path/posix";

const NOT_PRODUCT = /\.(test|harness)\.tsx?$|^server\/(testing|faults)\//;
const RULE = "no-circle-of-folders";
const REASON =
  "Folders that import each other in a circle are one folder: none of them can be read, tested or moved by itself.";

/**
 * The circles of folders below `root`, as violations. Two folders are compared where they stand side by side: a folder may use the
 * files around it, and those may list what is in it. `modules`: `{ source, dependencies: [{ resolved }] }` of dependency-cruiser.
 */
export function folderCircles(modules, root) {
  /** For each folder, the folders beside it that it imports from, each with one import as proof. */
  const imports = new Map();
  for (const { source, dependencies } of modules) {
    if (!source.startsWith(`${root}/`) || NOT_PRODUCT.test(source)) continue;
    for (const { resolved } of dependencies) {
      if (!resolved.startsWith(`${root}/`) || NOT_PRODUCT.test(resolved)) continue;
      const [from, to] = sideBySide(dirname(source), dirname(resolved));
      if (from === undefined || to === undefined) continue;
      const known = imports.get(from) ?? new Map();
      if (!known.has(to)) known.set(to, `${source} → ${resolved}`);
      imports.set(from, known);
    }
  }
  return [...imports.keys()].flatMap((folder) => {
    const circle = wayBack(imports, folder);
    // Told once, by the folder of it that comes first.
    if (!circle || circle.some((other) => other < folder)) return [];
    const proofs = circle.map((from, i) => imports.get(from).get(circle[i + 1] ?? folder));
    return [{ rule: RULE, text: `${RULE}: ${proofs.join(", ")}\n  ${REASON}` }];
  });
}

/** The two folders below the nearest common one by which these are reached; none where one of them is the common one. */
function sideBySide(from, to) {
  const [a, b] = [from.split("/"), to.split("/")];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  if (same === a.length || same === b.length) return [];
  return [a.slice(0, same + 1).join("/"), b.slice(0, same + 1).join("/")];
}

/** The shortest way from the folder by its imports back to itself, without its end. */
function wayBack(imports, folder) {
  const ways = [[folder]];
  const seen = new Set();
  for (const way of ways)
    for (const next of imports.get(way.at(-1))?.keys() ?? []) {
      if (next === folder) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  return undefined;
}
