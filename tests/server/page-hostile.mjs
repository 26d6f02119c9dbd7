// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that nobody allowed, in a real browser: whatever they try, nothing is read, and nothing is made.
import { assert, check, equal } from '../support/tap.mjs';
import { requests, start, stop } from '../wire/wire.mjs';
import { launch, startSite } from './page.mjs';
import { PREFIX } from './judge.mjs';
import { makeEnvironment, makeFolder, runCli, startStudio } from './studio.mjs';

const cli = process.argv[3];
const PAGE = '<!DOCTYPE html><title>Hostile</title><body></body>';
const REBOUND = 'evil.example', INNER = 'studio.localhost';
let studio, env, browser, id, site;

// The browser finds the first name where we are, and is not to protect us: it is the server that is looked at.
const flags = [`--host-resolver-rules=MAP ${REBOUND} 127.0.0.1`,
  '--disable-features=BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,LocalNetworkAccessChecks'];

// Runs in the page: all the ways to reach a server that a page has, at once. Gives what was read, or loaded, as [what, value].
async function attack ({ base, id }) {
  const got = [], attempts = [];
  const wish = JSON.stringify ({ user_prompt: 'hostile', user_id: 'mallory', screenwriter: false });
  const paths = ['pricing', 'creations', `creations/${id}`, `creations/${id}/file`, `creations/${id}/thumbnail`, 'usage', 'jobs',
    `jobs/${id}`, `image-status/${id}`, 'health', 'openapi.json'];

  const attempt = (what, action) => attempts.push ((async () => {
    try {
      const value = await action ();
      if (value) got.push ([what, value]);
    } catch { /* as it should be */ }
  }) ());
  const make = (name, attributes) => Object.assign (document.createElement (name), attributes);
  // An element that says whether it has loaded something.
  const load = (name, attributes, event = 'load') => new Promise ((resolve, reject) => {
    const element = make (name, attributes);
    element.addEventListener (event, () => resolve ('loaded'));
    element.addEventListener ('error', reject);
    document.body.append (element);
  });
  // Something with a document inside, whatever that is; then whether we can look into it.
  const look = (element, prepare = () => {}) => new Promise (resolve => {
    const finish = () => {
      try {
        resolve (element.contentWindow.location.href !== 'about:blank' && element.contentDocument.body.innerText);
      } catch {
        resolve ();
      }
    };
    document.body.append (element);
    prepare ();
    element.addEventListener ('load', finish);
    element.addEventListener ('error', finish);
    setTimeout (finish, 5000);
  });
  const form = (path, enctype, fields) => {
    const frame = make ('iframe', { name: 'f' + Math.random () });
    return look (frame, () => {
      const sent = make ('form', { method: 'POST', action: `${base}/${path}`, target: frame.name, enctype });
      for (const [name, value] of Object.entries (fields)) sent.append (make ('input', { type: 'hidden', name, value }));
      document.body.append (sent);
      sent.submit ();
    });
  };
  // A WebSocket, an EventSource or a worker.
  const listen = (one, opened = 'onopen') => new Promise ((resolve, reject) => {
    one[opened] = () => resolve ('open');
    one.onmessage = ({ data }) => resolve (data);
    one.onerror = () => { one.close?.(); reject (); };
  });

  for (const path of paths) {
    for (const more of [{}, { credentials: 'include' }, { mode: 'no-cors' }, { mode: 'no-cors', referrerPolicy: 'no-referrer' },
      { headers: { 'X-Studio-Key': 'k' } }])
      attempt (`fetch ${path} ${JSON.stringify (more)}`, async () => (await fetch (`${base}/${path}`, more)).text ());
    attempt ('frame ' + path, () => look (make ('iframe', { src: `${base}/${path}` })));
    attempt ('object ' + path, () => look (make ('object', { data: `${base}/${path}` })));
    attempt ('script ' + path, () => load ('script', { src: `${base}/${path}` }));
    attempt ('module ' + path, () => load ('script', { type: 'module', src: `${base}/${path}` }));
    attempt ('import ' + path, async () => Object.keys (await import (`${base}/${path}`)));
    attempt ('style ' + path, () => load ('link', { rel: 'stylesheet', href: `${base}/${path}` }));
    attempt ('worker ' + path, () => listen (new Worker (`${base}/${path}`)));
  }
  for (const path of ['file', 'thumbnail']) {
    const src = `${base}/creations/${id}/${path}`;
    attempt ('img ' + path, () => load ('img', { src }));
    attempt ('img without a referrer ' + path, () => load ('img', { referrerPolicy: 'no-referrer', src }));
    attempt ('img with cors ' + path, () => load ('img', { crossOrigin: 'anonymous', src }));
    attempt ('video ' + path, () => load ('video', { src }, 'loadedmetadata'));
    attempt ('audio ' + path, () => load ('audio', { src }, 'loadedmetadata'));
  }
  for (const path of ['generate-image', 'generate-video', 'generate-presentation', `creations/${id}/restore`, `jobs/${id}/resend`]) {
    for (const [mode, type] of [['cors', 'application/json'], ['cors', 'text/plain'], ['no-cors', 'text/plain']])
      attempt (`${mode} POST ${path} ${type}`, async () =>
        (await fetch (`${base}/${path}`, { method: 'POST', mode, body: wish, headers: { 'Content-Type': type } })).text ());
    attempt ('text form ' + path, () => form (path, 'text/plain', { '{"user_prompt": "hostile", "user_id": "': '"}' }));
    attempt ('form ' + path, () => form (path, 'application/x-www-form-urlencoded', { user_prompt: 'hostile', user_id: 'm' }));
    attempt ('form with files ' + path, () => form (path, 'multipart/form-data', { user_prompt: 'hostile', user_id: 'm' }));
    navigator.sendBeacon (`${base}/${path}`, wish);
    navigator.sendBeacon (`${base}/${path}`, new Blob ([wish], { type: 'application/json' }));
  }
  attempt ('DELETE', async () => (await fetch (`${base}/creations/${id}`, { method: 'DELETE' })).text ());
  attempt ('events', () => listen (new EventSource (base + '/events')));
  attempt ('WebSocket', () => listen (new WebSocket (base.replace ('http', 'ws') + '/events')));
  await Promise.all (attempts);
  return got;
}

// What there is: it must be the same before and after.
async function count () {
  const { jobs } = await runCli (cli, ['jobs', 'list', '--all'], env);
  const { creations } = await runCli (cli, ['library', 'list'], env);
  return [jobs.length, creations.map (creation => creation.id), (await requests ('')).count];
}

// `prepare (page)` gives the frame that attacks.
async function attackFrom (prepare, base = `${studio.base}${PREFIX}`) {
  const before = await count ();
  const context = await browser.newContext ();
  const page = await context.newPage ();
  const done = [];
  context.on ('response', response => {
    if (response.url ().startsWith (base) && response.request ().method () !== 'GET' && response.ok ()) done.push (response.url ());
  });
  const got = await (await prepare (page)).evaluate (attack, { base, id });
  await context.close ();
  equal (done, [], 'what changes something');
  equal (await count (), before, 'what there is');
  return got;
}

const strangers = [
  ['another site', '127.0.0.1'],
  ['another port of this one', 'localhost'],
];

// The server by each of its names: what is another site to one is the same site to the other.
async function attackAsStranger (host) {
  const hostile = await startSite (() => PAGE, host);
  for (const name of ['127.0.0.1', 'localhost'])
    equal (await attackFrom (async page => {
      await page.goto (hostile.origin);
      return page;
    }, `http://${name}:${studio.port}${PREFIX}`), [], name);
  hostile.close ();
}

// A page whose own name leads to this computer, once it is loaded: to the browser it is our own page. What it can read are refusals.
async function attackRebound (name) {
  const origin = `http://${name}:${studio.port}`;
  const got = await attackFrom (async page => {
    await page.route (origin + '/', route => route.fulfill ({ contentType: 'text/html', body: PAGE }));
    await page.goto (origin + '/');
    return page;
  }, origin + PREFIX);
  equal (got.filter (([, value]) => !value.includes ('"code":"forbidden_host"')), [], 'more than refusals');
  assert (got.length > 50, `only ${got.length} refusals were read`);
}

// Inside of the page that is allowed, but of no origin.
async function attackFromSandbox () {
  const allowed = await startSite (() => '<!DOCTYPE html><iframe sandbox="allow-scripts allow-forms" srcdoc="<body></body>"></iframe>');
  equal (await attackFrom (async page => {
    await page.goto (allowed.origin);
    return page.frames ()[1];
  }), []);
  allowed.close ();
}

async function attackFromFile () {
  equal (await attackFrom (async page => {
    await page.goto ('data:text/html,' + PAGE);
    return page;
  }), []);
}

// A deck is somebody's text: opened from here it is no page of ours.
async function attackFromDeck () {
  const { id: deck } = await runCli (cli, ['deck', 'hostile slides'], env);
  equal (await attackFrom (async page => {
    await page.goto (`${studio.base}${PREFIX}/creations/${deck}/file`);
    equal (await page.evaluate (() => [self.origin, typeof Reveal !== 'undefined']), ['null', true]);
    return page;
  }), []);
}

// The same from the page that may, so that what failed above would have worked.
async function proveAttack () {
  const page = await browser.newPage ();
  await page.goto (site.origin);
  const got = new Map (await page.evaluate (attack, { base: studio.base + PREFIX, id }));
  for (const what of ['fetch creations {}', `fetch creations/${id}/file {}`, 'img file', 'img with cors file', 'events',
    'cors POST generate-image application/json'])
    assert (got.has (what), what + ' failed: ' + [...got.keys ()].join (', '));
  assert (JSON.parse (got.get ('cors POST generate-image application/json')).status === 'processing', 'a job was made');
  await page.close ();
}

export async function run () {
  const { bases } = await start ();
  env = makeEnvironment ({ home: makeFolder ('hostile'), bases });
  site = await startSite (() => PAGE);
  studio = await startStudio (cli, { args: ['--allow-origin', site.origin], env });
  ({ id } = await runCli (cli, ['image', 'a secret', '--no-screenwriter'], env));
  browser = await launch (...flags);
  for (const [name, host] of strangers) await check (name, () => attackAsStranger (host));
  await check ('a name that was bound to this computer', () => attackRebound (REBOUND));
  await check ('a name that is this computer', () => attackRebound (INNER));
  await check ('a sandboxed frame', attackFromSandbox);
  await check ('a page without an origin', attackFromFile);
  await check ('a deck', attackFromDeck);
  await check ('the page that is allowed', proveAttack);
  await browser.close ();
  site.close ();
  await check ('end', async () => equal ([await studio.stop (), await stop ()], [0, 0]));
}
