import { z } from "zod";
import type { Operator, OperatorDirectoryEntry } from "../../../model/operator.ts";
import {
  country,
  e164,
  failoverResponseCodes,
  flag,
  list,
  name,
  oneOf,
  optional,
  text,
  wholeNumber,
} from "./values.ts";

const products = list(oneOf(["Calling", "Conferencing", "Mobile"])).describe(
  "What the operator sells: numbers for users, for the conferencing bridge, for mobile phones",
);

const trunk = z
  .strictObject({
    name: name().describe("Unique among the trunks of all operators"),
    host: name().describe("Host name or IP address of the operator's SIP endpoint"),
    port: wholeNumber(1, 65_535).default(5060),
    transport: oneOf(["udp", "tcp", "tls"]).default("udp"),
    priority: wholeNumber(0, 65_535).default(0).describe("Lower is tried first"),
    weight: wholeNumber(0, 65_535).default(1).describe("Share among trunks of equal priority"),
    maxConcurrentCalls: optional(wholeNumber(1, 1_000_000)).describe("null = no limit"),
    callsPerSecond: optional(z.number({ error: "a number above 0" }).positive()).describe(
      "null = no limit",
    ),
    enabled: flag(true),
    policeCallerId: flag(false).describe("The operator refuses caller IDs that it does not own"),
  })
  .describe("One SIP trunk of an operator");

const contact = z.strictObject({
  fullName: name(),
  email: name(),
  companySize: optional(wholeNumber(0, 100_000_000)),
  phone: optional(e164()),
});

const dataTransferNotice = z.strictObject({
  acceptedBy: name(),
  acceptedAt: z.iso
    .datetime({ offset: true, error: "a time such as 2026-11-20T09:00:00Z" })
    .describe("ISO 8601"),
  version: name(),
});

/** An operator the tenant has dealings with. */
export const operatorSchema: z.ZodType<Operator> = z
  .strictObject({
    id: name().describe("Short unique id, used by phoneNumbers"),
    name: optional(name()).describe("Name shown to people; default: the id"),
    website: optional(text()),
    status: oneOf(["Available", "Active", "Suspended", "Removed"]).default("Active"),
    products,
    countries: list(country()).describe("Countries enabled with this operator"),
    contact: optional(contact),
    dataTransferNotice: optional(dataTransferNotice),
    emergencyAddressScenario: oneOf(["operatorSetsEditable", "adminSets", "operatorSetsFixed"])
      .default("operatorSetsEditable")
      .describe("Who sets the emergency address of a number, and whether it can be edited"),
    failoverResponseCodes: failoverResponseCodes(),
    trunks: list(trunk),
  })
  .transform((operator) => ({ ...operator, name: operator.name ?? operator.id }));

/** An operator on offer. */
export const operatorDirectoryEntrySchema: z.ZodType<OperatorDirectoryEntry> = z.strictObject({
  id: name(),
  name: name(),
  website: optional(text()),
  products,
  countries: list(country()).describe("Countries the operator offers"),
});
