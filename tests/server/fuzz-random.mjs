// SPDX-License-Identifier: GPL-3.0-or-later
// Chance that can be had again: every request of a fuzz has its own, made of the seed and of its number.

function mix (number) {
  let a = number | 0;
  a = Math.imul (a ^ (a >>> 16), 0x21f0aaad);
  a = Math.imul (a ^ (a >>> 15), 0x735a2d97);
  return (a ^ (a >>> 15)) >>> 0;
}

export class Random {
  #state;

  constructor (seed, number = 0) {
    this.#state = mix (mix (seed) ^ Math.imul (number + 1, 0x9e3779b9));
  }

  // 0 .. 1, without 1.
  next () {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul (this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul (t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  // A whole number from low to high, both included.
  int (low, high) { return low + Math.floor (this.next () * (high - low + 1)); }

  chance (probability) { return this.next () < probability; }

  pick (list) { return list[this.int (0, list.length - 1)]; }

  // Some of a list, in its order.
  some (list, probability = 0.5) { return list.filter (() => this.chance (probability)); }

  // One of [[weight, thing], ...].
  weigh (pairs) {
    let left = this.next () * pairs.reduce ((sum, [weight]) => sum + weight, 0);
    return pairs.find (([weight]) => (left -= weight) < 0)?.[1] ?? pairs.at (-1)[1];
  }

  bytes (length) { return Buffer.from (Array.from ({ length }, () => this.int (0, 255))); }
}
