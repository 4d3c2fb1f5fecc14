import { faultAdvice } from "@/components/kit/brokerText";
import { Banner } from "@/components/ui/Banner";
import type { BrokerTest } from "@/lib/api";
import { BrokerFault } from "@/lib/broker";
import { t } from "@/lib/texts/t";

/** The result of a connection test: what is wrong, and what to do. */
export function TestResult({ result }: { result: BrokerTest }) {
  if (result.ok)
    return (
      <Banner live tone={result.unreachable ? "warning" : undefined}>
        <strong>{t("brokers.connectionWorks")}</strong>{" "}
        {t("brokers.connectedIn", { protocol: result.protocol, ms: Math.round(result.ms) })}
        {result.unreachable && (
          <>
            <p className="mt-1">{t("brokers.someUnreachable", { count: result.unreachable.length })}</p>
            <ul className="list-disc pl-5">
              {result.unreachable.map(({ url, reason }) => (
                <li key={url} className="break-words">
                  {t("brokers.addressFault", { url, reason })}
                </li>
              ))}
            </ul>
          </>
        )}
      </Banner>
    );
  const fault = BrokerFault.safeParse(result.fault);
  return (
    <Banner tone="critical" live>
      <strong>{t("brokers.noConnection")}</strong> {result.reason}
      <p className="mt-1">{faultAdvice(fault.success ? fault.data : "other")}</p>
    </Banner>
  );
}
