// SPDX-License-Identifier: GPL-3.0-or-later
// What all checks in JavaScript share: TAP.

let number = 0, failed = 0;

export function assert (condition, message) {
  if (!condition) throw new Error (message);
}

export function equal (found, wanted, what = 'value') {
  const [a, b] = [JSON.stringify (found), JSON.stringify (wanted)];
  assert (a === b, `${what}: ${a}, wanted ${b}`);
}

export async function check (name, action) {
  try {
    await action ();
    console.log (`ok ${++number} - ${name}`);
  } catch (error) {
    failed++;
    console.log (`not ok ${++number} - ${name}`);
    console.log (String (error.stack ?? error).replace (/^/gm, '# '));
  }
}

export function finish () {
  console.log (`1..${number}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

export function skip (reason) {
  console.log ('1..0 # SKIP ' + reason);
  process.exit (0);
}
