/**
 * Which glyph stands for what, by names of Material Design Icons. All are in the sprite that every page loads once, components/kit/glyphs.svg:
 * after a change here, `npx vitest run --update=all components/kit/glyphs.test.ts` writes it.
 */

/** Glyphs with the words, units or kinds that they stand for, in lower case. */
const said = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines
      .trim()
      .split("\n")
      .flatMap((line) => {
        const [glyph = "", ...words] = line.trim().split(/\s+/);
        return words.map((word) => [word, glyph] as const);
      }),
  );

/** By what a point holds, and by the kind of composite whose main part it is. */
// not a text: names of glyphs and kinds
export const BY_KIND = said(`
  camera picture
  map-marker place
  lightbulb light
  roller-shade cover
  thermostat climate
  fan fan
`);

/** By a word of the point's name. */
// not a text: recognised in what people and devices write, read by nobody
export const BY_WORD = said(`
  thermometer temperature temp temperatur thermometer
  water-percent humidity feuchte luftfeuchtigkeit moisture soil
  gauge pressure druck
  lightning-bolt power leistung energy energie consumption verbrauch
  current-ac voltage spannung mains current strom
  meter-electric meter zähler
  solar-power solar pv inverter
  battery battery batterie akku
  lightbulb light licht lights bulb
  lamp lamp lampe
  ceiling-light ceiling decke
  fan fan ventilator lüfter
  roller-shade blind blinds shade curtain rollo jalousie cover
  window-shutter shutter rollladen
  door door tür contact
  garage garage gate
  window-closed-variant window fenster
  valve valve ventil
  pump pump pumpe
  fire burner flue flame brenner
  water-boiler boiler kessel water-heater
  radiator heater heating heizung radiator
  thermostat thermostat setpoint
  motion-sensor motion occupancy presence bewegung
  smoke-detector smoke rauch
  bell-ring chime bell klingel siren alarm
  weather-windy wind gust
  weather-rainy rain regen
  weather-sunny sun illuminance brightness helligkeit lux
  storage-tank tank zisterne
  sprout plant greenhouse garden pflanze
  water water leak flow wasser
  washing-machine washer washing waschmaschine dryer
  dishwasher dishwasher geschirrspüler
  fridge fridge refrigerator kühlschrank
  snowflake freezer frost gefrierschrank
  wifi rssi wifi wlan
  signal signal linkquality lqi snr
  clock-outline uptime time zeit
  molecule-co2 co2
  air-filter air pm25 pm10 voc filter
  volume-high volume sound noise lautstärke
  power-plug plug socket outlet steckdose
  robot-vacuum vacuum mower
  lock lock schloss
  car car auto
  ev-station charger wallbox
  weight weight gewicht
  speedometer speed rpm drehzahl
  vibrate vibration
  television tv display screen
  update firmware update version
  cog-outline state status mode modus
  counter pieces counter count stück
`);

/** By the unit, where the name says nothing. */
// not a text: names of glyphs and symbols of units
export const BY_UNIT = said(`
  thermometer °c °f k
  water-percent %rh
  percent-outline %
  gauge bar mbar pa hpa kpa mpa psi
  lightning-bolt w kw mw wh kwh mwh va kva var
  current-ac v mv kv a ma hz
  weather-sunny lx lux
  weather-windy km/h mph m/s kn
  weather-rainy mm mm/h
  speedometer rpm 1/min
  water l m³ l/min l/h m³/h gal
  weight kg g t lb
  ruler m cm km in ft
  molecule-co2 ppm ppb
  air-filter µg/m³
  signal db dbm
  clock-outline s ms min h d
  compass °
  cash € $
`);

/** By how it is operated, where neither name nor unit says anything. */
export const BY_COMMAND: Readonly<Record<string, string | undefined>> = {
  switch: "toggle-switch-outline",
  number: "tune-variant",
  select: "form-dropdown",
  button: "gesture-tap-button",
  text: "form-textbox",
};

/** Of the navigation, and of parts of the pages. */
const PAGES = `
  home-outline view-dashboard-outline view-grid-outline menu magnify close pencil-outline chart-line radar file-tree-outline tag-outline
  access-point-network account-group-outline database-outline clipboard-text-clock-outline server-network alert bell-outline
`;

/** What the sprite holds. */
export const BUILT_IN: readonly string[] = [
  ...new Set([
    ...[...BY_KIND, ...BY_WORD, ...BY_UNIT].map(([, glyph]) => glyph),
    ...Object.values(BY_COMMAND).flatMap((glyph) => glyph ?? []),
    "circle-outline",
    "text-short",
    "numeric",
    ...PAGES.trim().split(/\s+/),
  ]),
];

/** A name of Material Design Icons, as devices announce it (`mdi:sofa`) and people write it. */
export const GLYPH_NAME = /^mdi:[a-z0-9]+(?:-[a-z0-9]+)*$/;
