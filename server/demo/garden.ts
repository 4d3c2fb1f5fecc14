/** What the demo house has in its garden beside sensors: a camera, and a mower that says where it is. */

const online = (topic: string) => ({ filter: topic, online: "online", offline: "offline" });

export const gardenTopics = [
  {
    id: "yard-camera",
    name: "Yard camera",
    filter: "garden/camera/picture",
    format: "image",
    device: "Yard camera",
    area: "Garden",
    staleAfter: "1 min",
    availability: online("garden/camera/availability"),
  },
  {
    id: "mower",
    name: "Mower",
    filter: "garden/mower/position",
    format: "location",
    device: "Mower",
    area: "Garden",
    staleAfter: "1 min",
    availability: online("garden/mower/availability"),
  },
  {
    id: "mower-battery",
    name: "Mower battery",
    filter: "garden/mower/position",
    value: "$.battery",
    unit: "%",
    precision: 0,
    range: [0, 100],
    thresholds: [{ below: 20, level: "warning" }],
    device: "Mower",
    area: "Garden",
    staleAfter: "1 min",
    availability: online("garden/mower/availability"),
  },
];

export const gardenDashboard = {
  slug: "garden",
  title: "Garden",
  sections: [
    {
      tiles: [
        { kind: "picture", point: "yard-camera" },
        { kind: "map", point: "mower" },
        { kind: "gauge", point: "mower-battery" },
        { kind: "value", point: "weather.temperature" },
        { kind: "value", point: "soil" },
        { kind: "switch", point: "valve" },
      ],
    },
  ],
};
