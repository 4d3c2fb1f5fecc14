import { faultAdvice } from "@/components/kit/brokerText";
import { Banner } from "@/components/ui/Banner";
import type { BrokerTest } from "@/lib/api";
import { BrokerFault } from "@/lib/broker";

/** What came of a test connection: what is wrong, and what to do. */
export function TestResult({ result }: { result: BrokerTest }) {
  if (result.ok)
    return (
      <Banner live>
        <strong>The connection works.</strong> Connected with MQTT {result.protocol} in {Math.round(result.ms)} ms.
      </Banner>
    );
  const fault = BrokerFault.safeParse(result.fault);
  return (
    <Banner tone="critical" live>
      <strong>No connection:</strong> {result.reason}
      <p className="mt-1">{faultAdvice(fault.success ? fault.data : "other")}</p>
    </Banner>
  );
}
