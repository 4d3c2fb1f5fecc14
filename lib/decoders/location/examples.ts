import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  {
    name: "OwnTracks says where, and how surely",
    payload: '{"_type":"location","lat":52.52001,"lon":13.40495,"acc":12,"tst":1700000000,"batt":80}',
    gives: { value: "geo:52.52001,13.40495;u=12" },
  },
  {
    name: "another of OwnTracks' messages tells no place",
    payload: '{"_type":"lwt","tst":1700000000}',
    gives: { reject: "not-format" },
  },
  {
    name: "a transition is not where the phone is",
    payload: '{"_type":"transition","event":"leave","lat":1,"lon":2,"tst":1700000000}',
    gives: { reject: "not-format" },
  },
  {
    name: "nor is a waypoint",
    payload: '{"_type":"waypoint","desc":"Home","lat":1,"lon":2,"rad":50}',
    gives: { reject: "not-format" },
  },
  {
    name: "nor are waypoints",
    payload: '{"_type":"waypoints","waypoints":[{"_type":"waypoint","lat":1,"lon":2}]}',
    gives: { reject: "not-format" },
  },
  { name: "plain degrees", payload: '{"lat": -33.86, "lng": 151.2}', gives: { value: "geo:-33.86,151.2" } },
  {
    name: "whole words, as Home Assistant's trackers have them",
    payload: '{"latitude":48.1,"longitude":11.5,"gps_accuracy":25}',
    gives: { value: "geo:48.1,11.5;u=25" },
  },
  { name: "degrees as text", payload: '{"Lat":"1.5","Lon":"2.5"}', gives: { value: "geo:1.5,2.5" } },
  {
    name: "further in",
    payload: '{"id":7,"gps":{"position":{"latitude":10,"longitude":20}}}',
    gives: { value: "geo:10,20" },
  },
  {
    name: "GeoJSON has the longitude first",
    payload: '{"type":"Feature","geometry":{"type":"Point","coordinates":[13.4,52.5]}}',
    gives: { value: "geo:52.5,13.4" },
  },
  { name: "two numbers", payload: "52.52, 13.405", gives: { value: "geo:52.52,13.405" } },
  { name: "a geo URI", payload: "geo:52.52,13.405;u=35", gives: { value: "geo:52.52,13.405;u=35" } },
  { name: "the null island is a place", payload: '{"lat":0,"lon":0}', gives: { value: "geo:0,0" } },
  { name: "a device without a fix does not know", payload: '{"lat":0,"lon":0,"fix":false}', gives: { value: null } },
  { name: "nor does one that says null", payload: '{"lat":null,"lon":null}', gives: { value: null } },
  { name: "beyond the pole", payload: '{"lat":91,"lon":0}', gives: { reject: "not-format" } },
  { name: "around the world", payload: '{"lat":0,"lon":200}', gives: { reject: "not-format" } },
  { name: "no place at all", payload: '{"temperature":21.5}', gives: { reject: "not-format" } },
  { name: "words", payload: "at home", gives: { reject: "not-format" } },
  { name: "a list", payload: "[52.5, 13.4]", gives: { reject: "not-format" } },
  { name: "a negative uncertainty is none", payload: '{"lat":1,"lon":2,"acc":-1}', gives: { value: "geo:1,2" } },
];
