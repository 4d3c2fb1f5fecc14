import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SealedColumn } from "../db/config/access";
import { sealedColumns } from "../db/config/tables";
import { keyDigits, openSecretBox, type SecretBox } from "../files/secretBox";
import { MoveError } from "./side";
import type { MovedTable } from "./tables";
import type { Row } from "./values";

/** The secrets of both installations. What a secret sealed, only that one opens; sessions are signed with it too. */
export interface Secrets {
  from: SecretBox;
  to: SecretBox;
  /** Both are the same: sealed texts are moved as they are, and people stay signed in. */
  same: boolean;
  /** What the file `secret` of the new installation holds, where that is a folder. */
  file: string;
  /** TELLTALE_SECRET was given, and is to be given to Telltale from now on. */
  given: boolean;
}

interface Choice {
  digits: string;
  box: SecretBox;
  given: boolean;
}

/**
 * `noted`: the setting by which a start sees whether it has the right secret, as the source has it. The source is read with the secret that opens it;
 * the target gets TELLTALE_SECRET where that is given, else the same one.
 */
export function chooseSecrets(options: {
  given: string | undefined;
  folder: string | undefined;
  opensNote(box: SecretBox): boolean | undefined;
}): Secrets {
  const choices: Choice[] = [];
  if (options.given !== undefined)
    choices.push({ digits: keyDigits(options.given), box: boxOf({ secret: options.given, dataDir: "" }), given: true });
  if (options.folder !== undefined && existsSync(path.join(options.folder, "secret"))) {
    const digits = readFileSync(path.join(options.folder, "secret"), "utf8").trim();
    choices.push({ digits, box: boxOf({ secret: undefined, dataDir: options.folder }), given: false });
  }
  const to = choices[0];
  if (!to)
    throw new MoveError(
      "TELLTALE_SECRET is missing: set it to the secret that Telltale is run with. It opens the broker passwords, and everyone stays signed in",
    );
  const from = choices.find(({ box }) => options.opensNote(box) !== false);
  if (!from)
    throw new MoveError(
      options.folder === undefined
        ? "TELLTALE_SECRET is not the one that the database was set up with: set it to that one"
        : `${options.folder} was set up with another secret than ${choices.map(({ given }) => (given ? "TELLTALE_SECRET" : "its file secret")).join(" and ")}: set TELLTALE_SECRET to the one that Telltale is run with. If that one is lost, start Telltale, enter the passwords of the brokers again, start it once more, and move then`,
    );
  return {
    from: from.box,
    to: to.box,
    same: from.digits === to.digits,
    file: `${to.digits}\n`,
    given: to.given,
  };
}

function boxOf(options: Parameters<typeof openSecretBox>[0]): SecretBox {
  const opened = openSecretBox(options);
  if (!opened.ok) throw new MoveError(opened.error);
  return opened.value;
}

/** Sealed texts of a row, in words of this table. */
export function sealedCells(table: MovedTable, row: Row): { at: number; context: string }[] {
  const indexOf = (name: string) => table.columns.findIndex((column) => column.name === name);
  return sealedColumns
    .filter((one: SealedColumn) => one.table === table.name)
    .flatMap(({ key, column, contextOf }) => {
      const at = indexOf(column);
      const context = contextOf(String(row[indexOf(key)]));
      return context === undefined || typeof row[at] !== "string" ? [] : [{ at, context }];
    });
}

/** The row as the new installation can read it. What the old one cannot read either stays as it is: its broker asks for it. */
export function reseal(table: MovedTable, row: Row, { from, to, same }: Secrets): Row {
  if (same) return row;
  const changed = [...row];
  for (const { at, context } of sealedCells(table, row)) {
    const opened = from.open(row[at] as string, context);
    if (opened.ok) changed[at] = to.seal(opened.value, context);
  }
  return changed;
}

/** The row with what is sealed in it open: the same in both installations. */
export function unseal(table: MovedTable, row: Row, box: SecretBox): Row {
  const changed = [...row];
  for (const { at, context } of sealedCells(table, row)) {
    const opened = box.open(row[at] as string, context);
    if (opened.ok) changed[at] = `open: ${opened.value}`;
  }
  return changed;
}
