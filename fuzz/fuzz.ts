import fc from "fast-check";
import { bestOf } from "./cpu";
import { PAYLOADS, type Shape, TEXTS } from "./shapes";
import { HELD, type Target } from "./target";
import { FAMILIES } from "./targets";

export interface FuzzOutcome {
  seed: number;
  tried: number;
  /** Absent: nothing was found. */
  fault?: string;
}

const RUNS = 3;

/** One input: a shape, or for text and bytes several of them, one behind the other, with a piece cut out. */
interface Draw {
  target: Target<never>;
  input: never;
  name: string;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

function inputOf(target: Target<never>): fc.Arbitrary<Draw> {
  const own = fc
    .tuple(fc.constantFrom(...target.shapes), share)
    .map(([shape, part]) => ({ target, input: shape.make(sizeOf(target, part)), name: `${shape.name}, ${part}` }));
  if (target.wild)
    return fc.oneof(
      own,
      target.wild.map((input) => ({ target, input, name: textOf(input) })),
    );
  const shapes = target.shapes as readonly Shape<unknown>[];
  const isText = shapes === (TEXTS as readonly Shape<unknown>[]);
  if (!isText && shapes !== (PAYLOADS as readonly Shape<unknown>[])) return own;
  const mixed = fc.array(fc.tuple(fc.nat(shapes.length - 1), share), { minLength: 2, maxLength: 4 }).map((pieces) => {
    const made = pieces.map(([i, part]) => (shapes[i] as Shape<unknown>).make(sizeOf(target, part) / pieces.length));
    return {
      target,
      input: joined(made, target.limit) as never,
      name: pieces.map(([i, part]) => `${shapes[i]?.name} (${part})`).join(" + "),
    };
  });
  const wild = (isText ? fc.string({ unit: "binary", maxLength: 2000 }) : fc.uint8Array({ maxLength: 4000 })).map(
    (input) => ({
      target,
      input: input as never,
      name: textOf(input),
    }),
  );
  return fc.oneof(own, mixed, wild);
}

const textOf = (input: string | Uint8Array): string =>
  JSON.stringify(typeof input === "string" ? input : [...input]).slice(0, 2000);

const sizeOf = ({ limit }: Target<never>, part: number): number => Math.max(16, Math.floor(limit * part));

function joined(pieces: readonly unknown[], limit: number): unknown {
  if (typeof pieces[0] === "string") return pieces.join("").slice(0, limit);
  const parts = pieces as readonly Uint8Array[];
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made.subarray(0, limit);
}

/** Random inputs for everything that reads what strangers send, for a given time. The same seed draws the same inputs. */
export async function fuzz(seconds: number, seed: number): Promise<FuzzOutcome> {
  const targets = (await Promise.all(Object.values(FAMILIES).map((make) => make()))).filter(
    (family) => family.length > 0,
  );
  // A family first: there are ten thousand templates and a hundred decoders.
  const draw = fc.constantFrom(...targets).chain((family) => fc.constantFrom(...family).chain(inputOf));
  let tried = 0;
  const run = fc.check(
    fc.property(draw, ({ target, input, name }) => {
      tried++;
      const budget = target.budget ?? HELD;
      const { held: ms } = bestOf(RUNS, budget, () => target.read(input));
      if (ms > budget) throw new Error(`${target.name}: ${name} took ${ms.toFixed(0)} ms, and ${budget} are the most`);
    }),
    { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true },
  );
  const { failed, counterexamplePath, errorInstance } = run;
  if (!failed) return { seed, tried };
  return { seed, tried, fault: `${String(errorInstance)} (seed ${seed}, path ${counterexamplePath})` };
}
