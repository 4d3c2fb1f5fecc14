import type { RegistrationInput } from "../../registration";

/** A .proto with what devices use. */
export const PLANT = `syntax = "proto3";
package plant;
import "google/protobuf/timestamp.proto";

message Reading {
  float temp = 1;
  int64 energy = 2;
  sint32 delta = 3;
  repeated uint32 samples = 4;
  enum State { UNKNOWN = 0; RUNNING = 1; }
  State state = 5;
  map<string, Limit> limits = 6;
  message Limit { double value = 1; }
  google.protobuf.Timestamp at = 7;
  bytes id = 8;
  optional string note = 9;
  bool on = 10;
}
`;

/** The least that a registration of this format says. */
export const least: Partial<RegistrationInput> = {
  proto: 'syntax = "proto3"; message M { double t = 1; }',
  message: "M",
};
