import { z } from "zod";
import { type Broker, BrokerFields, BrokerUrl } from "../../../../lib/broker";
import type { ConfiguredBroker } from "../../../ports/stores";
import { type ConfigTable, sqlOver } from "../access";
import { nextPosition, nextVersion } from "../changes";
import { readRow } from "../rows";

const SECRETS = ["password", "key"] as const;
type SecretName = (typeof SECRETS)[number];

export interface BrokersTable {
  brokers(): Promise<ConfiguredBroker[]>;
  putBroker(broker: ConfiguredBroker): Promise<void>;
  deleteBroker(id: string): Promise<boolean>;
}

/** The body is JSON without the secrets, which are sealed. */
const sql = sqlOver<{
  brokers: {
    id: string;
    position: number;
    body: string;
    sealed_password: string | null;
    sealed_key: string | null;
    version: number;
  };
}>();

/**
 * An address that an earlier version accepted must not stop the start. Part of a password may stand in it, so that only what is
 * certain to be the host is kept: the broker is offline until an admin enters its address again.
 */
const StoredUrl = z.string().transform((url) => {
  if (BrokerUrl.safeParse(url).success) return url;
  const host = !url.includes("@") && URL.canParse(url) ? new URL(url).host : "";
  return `${/^(mqtts?|wss?):/i.exec(url)?.[0] ?? "mqtt:"}//${host || "address-missing.invalid"}`;
});
const StoredBroker = BrokerFields.extend({ url: StoredUrl, otherUrls: z.array(StoredUrl).optional() });

const UNREADABLE = Symbol("sealed with another secret");

const contextOf = (id: string, name: SecretName): string => `broker:${id}:${name}`;

export const brokers: ConfigTable<BrokersTable> = {
  sealed: SECRETS.map((name) => ({
    table: "brokers",
    key: "id",
    column: `sealed_${name}`,
    contextOf: (id) => contextOf(id, name),
  })),
  open(access) {
    const { sealer, all, write } = access;
    const seal = (broker: Broker, name: SecretName) =>
      broker[name] === undefined ? null : sealer.seal(broker[name], contextOf(broker.id, name));

    function unseal(id: string, name: SecretName, row: { [N in `sealed_${SecretName}`]: string | null }) {
      const sealed = row[`sealed_${name}`];
      if (sealed === null) return undefined;
      const opened = sealer.open(sealed, contextOf(id, name));
      return opened.ok ? opened.value : UNREADABLE;
    }

    return {
      async brokers() {
        const rows = await all(sql.selectFrom("brokers").selectAll().orderBy("position"));
        return rows.map((row) => {
          const broker = readRow(StoredBroker, "broker", row.id, row.body);
          const opened = { password: unseal(row.id, "password", row), key: unseal(row.id, "key", row) };
          const unreadable = SECRETS.filter((name) => opened[name] === UNREADABLE);
          const secrets = SECRETS.flatMap((name) =>
            typeof opened[name] === "string" ? [[name, opened[name]] as const] : [],
          );
          return { ...broker, ...Object.fromEntries(secrets), ...(unreadable.length > 0 && { unreadable }) };
        });
      },
      putBroker: (broker) =>
        write(function* (statements) {
          const { password: _password, key: _key, unreadable = [], ...plain } = broker;
          // What cannot be read stays sealed as it is: the secret of before still opens it.
          const columns = {
            body: JSON.stringify(plain),
            version: yield* nextVersion(statements),
            ...(!unreadable.includes("password") && { sealed_password: seal(broker, "password") }),
            ...(!unreadable.includes("key") && { sealed_key: seal(broker, "key") }),
          };
          yield* statements.run(
            sql
              .insertInto("brokers")
              .values({ id: broker.id, position: yield* nextPosition(statements, "brokers"), ...columns })
              .onConflict((c) => c.column("id").doUpdateSet(columns)),
          );
          statements.changed("brokers", broker.id);
        }),
      deleteBroker: (id) =>
        write(function* ({ run, changed }) {
          changed("brokers", id);
          return (yield* run(sql.deleteFrom("brokers").where("id", "=", id))) > 0;
        }),
    };
  },
};
