import type { DiscoveryExample } from "../example";

const event = (camera: string, label: string, type = "new", top_score = 0.83) => ({
  type,
  before: { camera, label },
  after: { id: "9.1-x", camera, label, top_score },
});
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]);

export const examples: readonly DiscoveryExample[] = [
  {
    name: "below a prefix of its own, found by its shape",
    messages: [
      ["nvr2/available", "online"],
      ["nvr2/garden/detect/state", "OFF"],
      ["nvr2/garden/dog", "2"],
      ["nvr2/events", event("garden", "dog")],
    ],
    finds: {
      garden: {
        maker: "Frigate",
        entities: {
          "switch Detect": {
            shows: false,
            value: { availability: { filter: "nvr2/available", online: "online", offline: "offline" } },
            sends: [
              ["value", true, "nvr2/garden/detect/set", "ON"],
              ["value", false, "nvr2/garden/detect/set", "OFF"],
            ],
          },
          "sensor Dog count": { shows: 2, value: { availability: { filter: "nvr2/available" } } },
          "sensor Last event label": { shows: "dog", value: { value: "$.after.label" } },
          "sensor Last event score": { shows: 0.83 },
          "sensor Last event type": { shows: "new" },
        },
      },
    },
  },
  {
    name: "two cameras and a zone: an event is of its camera alone; motion is seen, and switched beside",
    messages: [
      ["frigate/yard/person", "1"],
      ["frigate/street/motion", "ON"],
      ["frigate/street/motion/state", "ON"],
      ["frigate/street/person/active", "0"],
      ["frigate/street/person/snapshot", JPEG],
      ["frigate/street/audio/bark", "OFF"],
      ["frigate/street/audio/dBFS", "-41.5"],
      ["frigate/street/birdseye_mode/state", "MOTION"],
      ["frigate/street/motion_threshold/state", "30"],
      ["frigate/street/zone/porch/state", "ON"],
      ["frigate/street/status/detect", "online"],
      ["frigate/street/review_status", "ALERT"],
      ["frigate/events", event("door", "cat", "update", 0.5)],
      ["frigate/events", event("street", "car", "end", 0.75)],
    ],
    finds: {
      yard: { entities: { "sensor Person count": { shows: 1 } } },
      door: { entities: { "sensor Last event label": { shows: "cat" } } },
      street: {
        entities: {
          "sensor Last event label": { shows: "car" },
          "binary_sensor Motion": { shows: true, value: { words: { on: "Detected", off: "Clear" } } },
          "switch Motion detection": { sends: [["value", false, "frigate/street/motion/set", "OFF"]] },
          "sensor Person active count": { shows: 0 },
          "image Person snapshot": { value: { format: "image", filter: "frigate/street/person/snapshot" } },
          "binary_sensor Audio bark": { shows: false },
          "sensor Audio level": { shows: -41.5 },
          "select Birdseye mode": { sends: [["value", "OBJECTS", "frigate/street/birdseye_mode/set", "OBJECTS"]] },
          "number Motion threshold": { shows: 30, sends: [["value", 40, "frigate/street/motion_threshold/set", "40"]] },
          "switch Zone porch": { sends: [["value", true, "frigate/street/zone/porch/set", "ON"]] },
          "sensor Detect status": { shows: "online", category: "diagnostic" },
          "sensor Review status": { shows: "ALERT" },
        },
      },
    },
  },
  {
    name: "the server, by its statistics, two levels down",
    messages: [
      [
        "home/nvr/stats",
        { detection_fps: 12.5, detectors: { coral: { inference_speed: 8.9, pid: 4 } }, service: { uptime: 90 } },
      ],
      ["home/nvr/notifications/state", "OFF"],
      ["home/nvr/porch/all", "3"],
    ],
    finds: {
      Frigate: {
        entities: {
          "sensor Detection frames per second": { shows: 12.5, category: "diagnostic" },
          "sensor Inference speed coral": { shows: 8.9, value: { unit: "ms" } },
          "switch Notifications": { sends: [["value", true, "home/nvr/notifications/set", "ON"]] },
        },
      },
      porch: { entities: { "sensor All objects count": { shows: 3 } } },
    },
  },
  {
    name: "a camera without switches, below the usual prefix",
    messages: [
      ["frigate/gate/person", "0"],
      ["frigate/available", "offline"],
    ],
    finds: { gate: { entities: { "sensor Person count": { shows: 0 } } } },
  },
  {
    name: "an availability and a switch of another program are not Frigate's, nor is its usual prefix alone",
    messages: [
      ["ward/available", "online"],
      ["ward/pump/enabled/state", "ON"],
      ["ward/pump/dog", "2"],
      ["frigate/available", "yes"],
      ["frigate/pump/dog", "2"],
      ["ward/events", { type: "new", camera: "pump" }],
      ["ward/stats", { detectors: 3, detection_fps: 1 }],
    ],
    finds: { pump: null, Frigate: null },
  },
];
