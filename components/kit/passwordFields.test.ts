import { describe, expect, it } from "vitest";
import { Password } from "@/lib/api";
import { newPasswordError, repeatError } from "./passwordFields";

describe("password fields", () => {
  it.each([0, 7, 8, 9, 127, 128, 129])("AC: agree with the server's schema on %d characters", (length) => {
    const password = "x".repeat(length);
    expect(newPasswordError(password) === undefined).toBe(Password.safeParse(password).success);
  });
  it("AC: ask for the same password twice", () => {
    expect(repeatError("correct horse", "correct horse")).toBeUndefined();
    expect(repeatError("correct horse", "Correct horse")).toMatch(/differ/);
  });
});
