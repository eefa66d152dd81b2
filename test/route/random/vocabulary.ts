/**
 * The names and numbers that random tenants and calls are made of: few enough to meet often.
 *
 * @module
 */

export const USERS = Array.from({ length: 6 }, (_, index) => `user${index}@contoso.com`);
export const ACCOUNTS = ["ra1@contoso.com", "ra2@contoso.com"];
export const GROUPS = ["g-one", "g-two", "g-three"];
/** Instances of each type of policy; `Gone` is named and was never made. */
export const POLICIES = ["Global", "Sales", "Support", "Field"];
export const USAGES = ["Local", "National", "International", "Service", "Never"];
export const GATEWAYS = [1, 2, 3, 4].map((n) => `sbc${n}.contoso.com`);
export const OPERATORS = ["pure-ip", "bt", "ntt"];
export const SITES = ["Redmond", "London", "Nowhere"];
export const COUNTRIES = ["US", "GB", "FR", "CA"];

/** Numbers of the tenant. */
export const OWN_NUMBERS = Array.from(
  { length: 12 },
  (_, index) => `+142555501${String(index).padStart(2, "0")}`,
);

/** NumberPatterns, valid in .NET and in JS, with one meaning. */
export const PATTERNS = [
  ".*",
  "\\d+",
  "^\\+1(425|206)(\\d{7})$",
  "^\\+1\\d{10}$",
  "^\\+44",
  "^\\+44(20|113)\\d+$",
  "^\\+(?!1)\\d{7,15}$",
  "^\\+?(?!44)\\d*$",
  "^\\+442079460\\d{3}$",
  "^\\+?(112|911|999)$",
  "^\\+?9\\d\\d$",
  "^\\d{3,5}$",
  "0$",
  "42",
  "^\\+33[1-59]\\d{8}$",
  "^(\\+1|1)?425555\\d{4}$",
  "^\\+(?=4[49])\\d+$",
  "[*#]",
  "^\\+49|^\\+33",
];

/** What people dial when they need help. */
export const FOR_HELP = ["112", "911", "+911", "9911", "999"];

/** What people dial, and some things that nobody can. */
export const DIALED = [
  "+14255550190",
  "+1 (425) 555-0191",
  "+12065550100",
  "+13215550100",
  "+16135550190",
  "+18765550190",
  "+18005550190",
  "+442079460123",
  "tel:+44 113 496 0000",
  "+33199000123",
  "+4915112345678",
  "+819012345678",
  "+2348031234567",
  "4255550190",
  "14255550190",
  "5550190",
  "555-0101",
  "00442079460123",
  "02079460123",
  "94255550190",
  "90190",
  "0190",
  "1234",
  "12",
  "*67#",
  "+",
  "",
  "0800CONTOSO",
  "+1+2",
  "123456789012345678901",
  "+12345678901234567890",
  "00442079460123;ext=7",
];

/** Who may have called somebody who forwards. */
export const ORIGINAL_CALLERS = ["+12065550144", "+442079460999", "anonymous"];
