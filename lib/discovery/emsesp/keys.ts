/**
 * What the keys of EMS-ESP's documents mean, from the dump of its entities among its documents (https://github.com/emsesp/EMS-ESP32):
 * key, name, and the unit or `?` for what is on or off. The same key means the same in every appliance.
 */
const GENERAL = `
outdoortemp Outside temperature °C
dampedoutdoortemp Damped outdoor temperature °C
curflowtemp Current flow temperature °C
selflowtemp Selected flow temperature °C
rettemp Return temperature °C
sysrettemp System return temperature °C
boiltemp Actual boiler temperature °C
exhausttemp Exhaust temperature °C
switchtemp Mixing switch temperature °C
headertemp Low loss header °C
heatingtemp Heating temperature °C
summertemp Summer temperature °C
syspress System pressure bar
curburnpow Burner current power %
absburnpow Burner current power (absolute) %
selburnpow Burner selected max power %
heatingpumpmod Heating pump modulation %
hpcompspd Compressor speed %
airhumidity Relative air humidity %
dewtemperature Dew point temperature °C
flamecurr Flame current µA
nrgtotal Total energy kWh
nrgheat Energy heating kWh
nrgcool Energy cooling kWh
meterheat Meter heating kWh
metertotal Meter total kWh
metercomp Meter compressor kWh
metereheat Meter e-heater kWh
nrgconstotal Total energy consumption kWh
nrgsupptotal Total energy supplied kWh
fuelheat Fuel consumption heating kWh
elheat Electrical consumption heating kWh
burnstarts Burner starts -
heatstarts Burner starts heating -
burnworkmin Total burner operating time min
heatworkmin Total heat operating time min
ubauptime Total UBA operating time min
servicecode Service code "
servicecodenumber Service code number -
lastcode Last error code "
errorcode Error code "
hptr1 Compressor temperature °C
hptr5 Compressor inlet temperature °C
hptr6 Compressor outlet temperature °C
hptl2 Air inlet temperature °C
hptc3 Condenser temperature °C
collectortemp Collector temperature °C
collector2temp Collector 2 temperature °C
cylbottomtemp Cylinder bottom temperature °C
cylmiddletemp Cylinder middle temperature °C
cyltoptemp Cylinder top temperature °C
cylmaxtemp Maximum cylinder temperature °C
solarpumpmod Solar pump modulation %
solarpower Solar power W
energylasthour Energy last hour Wh
energytoday Energy today Wh
energytotal Total energy kWh
pumpworktime Pump working time min
inttemp1 Temperature sensor 1 °C
inttemp2 Temperature sensor 2 °C
heatingactive Heating active ?
tapwateractive Tap water active ?
heatingpump Heating pump ?
burngas Gas ?
burngas2 Gas stage 2 ?
fanwork Fan ?
ignwork Ignition ?
oilpreheat Oil preheating ?
solarpump Solar pump ?
collectorshutdown Collector shutdown ?
cylheated Cylinder heated ?
`;

/** Of hot water: in a document of its own, or below `dhw`. */
const HOT_WATER = `
curtemp Current intern temperature °C
curtemp2 Current extern temperature °C
seltemp Selected temperature °C
settemp Set temperature °C
seltemplow Selected lower temperature °C
seltempsingle Single charge temperature °C
disinfectiontemp Disinfection temperature °C
maxtemp Maximum temperature °C
storagetemp1 Storage intern temperature °C
storagetemp2 Storage extern temperature °C
mixertemp Mixer temperature °C
solartemp Solar boiler temperature °C
curflow Current tap water flow l/min
nrg Energy kWh
meter Meter kWh
starts Starts -
workm Active time min
active Active ?
charging Charging ?
recharging Recharging ?
tempok Temperature OK ?
3wayvalve 3-way valve ?
circ Circulation ?
mode Mode "
comfort Comfort "
type Type "
`;

/** Of a heating circuit, below `hc1`, `hc2`, …, beside what makes it a thermostat. */
const CIRCUIT = `
modetype Mode type "
targetflowtemp Target flow temperature °C
ecotemp Eco temperature °C
comforttemp Comfort temperature °C
daytemp Day temperature °C
nighttemp Night temperature °C
manualtemp Manual temperature °C
designtemp Design temperature °C
offsettemp Offset temperature °C
minflowtemp Min flow temperature °C
maxflowtemp Max flow temperature °C
flowtemphc Flow temperature °C
flowsettemp Setpoint flow temperature °C
valvestatus Mixing valve %
pumpstatus Pump ?
summermode Summer mode "
program Program "
`;

export interface Entity {
  name: string;
  unit?: string;
  is?: "flag" | "text";
}

function read(table: string): ReadonlyMap<string, Entity> {
  const rows = table
    .trim()
    .split("\n")
    .map((line): [string, Entity] => {
      const [key = "", ...words] = line.split(" ");
      const unit = words.pop();
      const name = words.join(" ");
      if (unit === "?") return [key, { name, is: "flag" }];
      if (unit === '"') return [key, { name, is: "text" }];
      return [key, unit === "-" || unit === undefined ? { name } : { name, unit }];
    });
  return new Map(rows);
}

export const [general, hotWater, circuit] = [read(GENERAL), read(HOT_WATER), read(CIRCUIT)] as const;
