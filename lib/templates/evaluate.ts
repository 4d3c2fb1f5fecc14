import { say } from "../texts/said";
import type { Args, Expr, Stmt, Target } from "./ast";
import { type Budget, LIMITS } from "./budget";
import type { Context } from "./context";
import { binary, contains, itemOf, memberOf, negate, sliceOf } from "./operators";
import { str } from "./print";
import {
  Callable,
  compare,
  Dict,
  equal,
  iterate,
  Namespace,
  type PyValue,
  TemplateFault,
  Tuple,
  truthy,
  Undefined,
  undefinedName,
} from "./values";

/** The variables, with a link to the outer scope. As in Jinja, the body of a loop and `with` have their own scope, and `if` has none. */
export class Scope {
  private readonly names = new Map<string, PyValue>();
  /** The number of scopes that the lookup of a name may go through. */
  readonly depth: number;
  constructor(
    private readonly outer: Scope | undefined,
    private readonly base: (name: string) => PyValue | undefined,
  ) {
    this.depth = outer ? outer.depth + 1 : 1;
  }
  get(name: string): PyValue | undefined {
    const own = this.names.get(name);
    if (own !== undefined) return own;
    return this.outer ? this.outer.get(name) : this.base(name);
  }
  set(name: string, value: PyValue): void {
    this.names.set(name, value);
  }
  inner(): Scope {
    return new Scope(this, this.base);
  }
}

const SCOPES_A_STEP = 8;
/** The cost of one iteration, which creates a scope and the nine members of `loop`. */
const LOOP_STEPS = 5;
type Signal = "continue" | "break" | undefined;

export function render(body: readonly Stmt[], scope: Scope, context: Context): string {
  const out: string[] = [];
  let length = 0;
  run(body, scope, context, (text) => {
    length += text.length;
    context.budget.look(text.length);
    if (length > LIMITS.output) throw new TemplateFault(say("template.resultTooLong"));
    out.push(text);
  });
  return out.join("");
}

function run(body: readonly Stmt[], scope: Scope, context: Context, write: (text: string) => void): Signal {
  for (const stmt of body) {
    context.budget.spend(1);
    const signal = STATEMENTS[stmt.is](stmt as never, scope, context, write);
    if (signal) return signal;
  }
  return undefined;
}

type Run<K extends Stmt["is"]> = (
  stmt: Extract<Stmt, { is: K }>,
  scope: Scope,
  context: Context,
  write: (text: string) => void,
) => Signal;

const STATEMENTS: { [K in Stmt["is"]]: Run<K> } = {
  text(stmt, _scope, _context, write) {
    write(stmt.text);
    return undefined;
  },
  print(stmt, scope, context, write) {
    write(str(evaluate(stmt.expr, scope, context), context.budget));
    return undefined;
  },
  if(stmt, scope, context, write) {
    for (const [test, body] of stmt.branches)
      if (truthy(evaluate(test, scope, context))) return run(body, scope, context, write);
    return run(stmt.otherwise, scope, context, write);
  },
  for(stmt, scope, context, write) {
    const all = iterate(evaluate(stmt.of, scope, context), context.budget);
    context.budget.make(all.length);
    const items: PyValue[] = [];
    for (const item of all) {
      if (stmt.where) {
        const inner = scope.inner();
        assign(stmt.target, item, inner, context.budget);
        if (!truthy(evaluate(stmt.where, inner, context))) continue;
      }
      items.push(item);
    }
    for (const [i, item] of items.entries()) {
      context.budget.spend(LOOP_STEPS);
      const inner = scope.inner();
      inner.set("loop", loopInfo(items, i));
      assign(stmt.target, item, inner, context.budget);
      if (run(stmt.body, inner, context, write) === "break") break;
    }
    return items.length ? undefined : run(stmt.otherwise, scope, context, write);
  },
  set(stmt, scope, context) {
    assign(stmt.target, evaluate(stmt.expr, scope, context), scope, context.budget);
    return undefined;
  },
  setBlock(stmt, scope, context) {
    assign(stmt.target, render(stmt.body, scope.inner(), context), scope, context.budget);
    return undefined;
  },
  with(stmt, scope, context, write) {
    const inner = scope.inner();
    for (const [target, expr] of stmt.pairs) assign(target, evaluate(expr, scope, context), inner, context.budget);
    return run(stmt.body, inner, context, write);
  },
  macro(stmt, scope, context) {
    scope.set(stmt.name, new Callable(stmt.name, (args, named) => called(stmt, scope, context, args, named)));
    return undefined;
  },
  do(stmt, scope, context) {
    evaluate(stmt.expr, scope, context);
    return undefined;
  },
  continue: () => "continue",
  break: () => "break",
};

/** How many macros of one rendering may run within each other: each of them takes some of the engine's stack. */
const MACROS_WITHIN = 8;
const running = new WeakMap<Budget, number>();

/** The text that a macro makes of its arguments. It sees what the template has set, and nothing that it sets is seen outside. */
function called(
  { name, parameters, body }: Extract<Stmt, { is: "macro" }>,
  scope: Scope,
  context: Context,
  args: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): string {
  const { budget } = context;
  budget.spend(LOOP_STEPS);
  const within = (running.get(budget) ?? 0) + 1;
  if (within > MACROS_WITHIN) throw new TemplateFault(say("template.macrosWithin", { name: name.slice(0, 60) }));
  if (args.length > parameters.length || [...named.keys()].some((one) => !parameters.some(([known]) => known === one)))
    throw new TemplateFault(say("template.macroArguments", { name: name.slice(0, 60) }));
  running.set(budget, within);
  try {
    const inner = scope.inner();
    for (const [i, [parameter, otherwise]] of parameters.entries()) {
      budget.spend(1);
      const given = args[i] ?? named.get(parameter);
      inner.set(parameter, given ?? (otherwise ? evaluate(otherwise, inner, context) : undefinedName(parameter)));
    }
    return render(body, inner, context);
  } finally {
    running.set(budget, within - 1);
  }
}

function loopInfo(items: readonly PyValue[], i: number): Namespace {
  const loop = new Namespace();
  loop.members.set("index", BigInt(i + 1));
  loop.members.set("index0", BigInt(i));
  loop.members.set("revindex", BigInt(items.length - i));
  loop.members.set("revindex0", BigInt(items.length - i - 1));
  loop.members.set("first", i === 0);
  loop.members.set("last", i === items.length - 1);
  loop.members.set("length", BigInt(items.length));
  loop.members.set("previtem", items[i - 1] ?? new Undefined(say("template.noItem", { name: "loop.previtem" })));
  loop.members.set("nextitem", items[i + 1] ?? new Undefined(say("template.noItem", { name: "loop.nextitem" })));
  return loop;
}

function assign(target: Target, value: PyValue, scope: Scope, budget: Budget): void {
  if (target.is === "name") scope.set(target.name, value);
  else if (target.is === "member") {
    const space = scope.get(target.of);
    if (!(space instanceof Namespace)) throw new TemplateFault(say("template.notNamespace", { name: target.of }));
    space.members.set(target.name, value);
  } else {
    const items = iterate(value, budget);
    if (items.length !== target.items.length)
      throw new TemplateFault(say("template.unpack", { values: items.length, names: target.items.length }));
    for (const [i, one] of target.items.entries()) assign(one, items[i] as PyValue, scope, budget);
  }
}

function evaluate(expr: Expr, scope: Scope, context: Context): PyValue {
  context.budget.spend(1);
  return EXPRESSIONS[expr.is](expr as never, scope, context);
}

type Evaluate<K extends Expr["is"]> = (expr: Extract<Expr, { is: K }>, scope: Scope, context: Context) => PyValue;

const EXPRESSIONS: { [K in Expr["is"]]: Evaluate<K> } = {
  value: (expr) => expr.value,
  name(expr, scope, context) {
    context.budget.spend(Math.floor(scope.depth / SCOPES_A_STEP));
    const value = scope.get(expr.name);
    return value === undefined ? undefinedName(expr.name) : value;
  },
  list: (expr, scope, context) => expr.items.map((item) => evaluate(item, scope, context)),
  tuple: (expr, scope, context) => new Tuple(expr.items.map((item) => evaluate(item, scope, context))),
  dict: (expr, scope, context) =>
    Dict.of(
      expr.pairs.map(([key, value]) => [evaluate(key, scope, context), evaluate(value, scope, context)] as const),
      context.budget,
    ),
  attribute: (expr, scope, context) => memberOf(evaluate(expr.of, scope, context), expr.name, context.budget),
  item: (expr, scope, context) =>
    itemOf(evaluate(expr.of, scope, context), evaluate(expr.key, scope, context), context.budget),
  slice(expr, scope, context) {
    const part = (e: Expr | undefined): PyValue => (e ? evaluate(e, scope, context) : null);
    const of = evaluate(expr.of, scope, context);
    return sliceOf(of, part(expr.from), part(expr.to), part(expr.step), context.budget);
  },
  call(expr, scope, context) {
    const callee = evaluate(expr.of, scope, context);
    if (callee instanceof Undefined) throw callee.fault();
    if (!(callee instanceof Callable)) throw new TemplateFault(say("template.notCallable"));
    const { list, named } = values(expr.args, scope, context);
    return callee.call(list, named, context.budget);
  },
  filter(expr, scope, context) {
    const of = evaluate(expr.of, scope, context);
    const { list, named } = values(expr.args, scope, context);
    return context.applyFilter(expr.name, [of, ...list], named);
  },
  test(expr, scope, context) {
    const of = evaluate(expr.of, scope, context);
    const { list } = values(expr.args, scope, context);
    return context.applyTest(expr.name, [of, ...list]) !== expr.not;
  },
  unary(expr, scope, context) {
    const of = evaluate(expr.of, scope, context);
    return expr.sign === "not" ? !truthy(of) : negate(of, expr.sign);
  },
  binary: (expr, scope, context) =>
    binary(expr.sign, evaluate(expr.left, scope, context), evaluate(expr.right, scope, context), context.budget),
  compare(expr, scope, context) {
    let left = evaluate(expr.first, scope, context);
    for (const [sign, next] of expr.rest) {
      const right = evaluate(next, scope, context);
      if (!compares(sign, left, right, context.budget)) return false;
      left = right;
    }
    return true;
  },
  and(expr, scope, context) {
    const left = evaluate(expr.left, scope, context);
    return truthy(left) ? evaluate(expr.right, scope, context) : left;
  },
  or(expr, scope, context) {
    const left = evaluate(expr.left, scope, context);
    return truthy(left) ? left : evaluate(expr.right, scope, context);
  },
  if(expr, scope, context) {
    if (truthy(evaluate(expr.test, scope, context))) return evaluate(expr.yes, scope, context);
    return expr.no ? evaluate(expr.no, scope, context) : new Undefined(say("template.noElse"));
  },
};

type Comparison = (a: PyValue, b: PyValue, budget: Budget) => boolean;
export const COMPARISONS: Record<string, Comparison> = {
  "==": equal,
  "!=": (a, b, budget) => !equal(a, b, budget),
  "<": (a, b, budget) => compare(a, b, budget) < 0,
  ">": (a, b, budget) => compare(a, b, budget) > 0,
  "<=": (a, b, budget) => compare(a, b, budget) <= 0,
  ">=": (a, b, budget) => compare(a, b, budget) >= 0,
  in: (a, b, budget) => contains(b, a, budget),
  "not in": (a, b, budget) => !contains(b, a, budget),
};
const compares = (sign: string, a: PyValue, b: PyValue, budget: Budget): boolean =>
  (COMPARISONS[sign] as Comparison)(a, b, budget);

function values(args: Args, scope: Scope, context: Context): { list: PyValue[]; named: Map<string, PyValue> } {
  return {
    list: args.list.map((arg) => evaluate(arg, scope, context)),
    named: new Map(args.named.map(([name, arg]) => [name, evaluate(arg, scope, context)])),
  };
}
