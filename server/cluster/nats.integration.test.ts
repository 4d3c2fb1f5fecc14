import { test } from "vitest";
import { nodesOfATest } from "./processes.harness";
import { killTwice } from "./recorderDies.harness";

/** The same over a cluster of three NATS servers. */

const make = nodesOfATest("nats");

test("CL-47: on NATS too a recorder that is killed under load, twice, costs no reading", () => killTwice(make));
