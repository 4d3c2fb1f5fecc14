import { expect, it } from "vitest";
import { deviceName } from "./deviceName";

it.each([
  [{ name: "0x0026decafe000473", maker: "Aqara", model: "WSDCGQ11LM" }, "WSDCGQ11LM 0473"],
  [{ name: "a4:c1:38:0b:1c:2d", maker: "Xiaomi" }, "Xiaomi 1C2D"],
  [{ name: "A4C1380B1C2D", model: "LYWSD03MMC" }, "LYWSD03MMC 1C2D"],
  // Nothing better is known.
  [{ name: "0x0026decafe000473" }, "0x0026decafe000473"],
  [{ name: "0x0026decafe000473", model: "0x0026decafe000473" }, "0x0026decafe000473"],
  // A name that a person gave.
  [{ name: "Kitchen", model: "T1" }, "Kitchen"],
  [{ name: "Boiler 12345678", model: "T1" }, "Boiler 12345678"],
  [{ name: "deadbeef", model: "T1" }, "deadbeef"],
  [{ name: "2024", model: "T1" }, "2024"],
])("UI-15: %j is called %s", (device, name) => expect(deviceName(device)).toBe(name));
