// What other people's libraries say of our files: `node verify.mjs FOLDER`. Nothing is fetched.
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {decodeProtectedHeader, importJWK, jwtVerify} from 'jose';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const folder = process.argv[2];
const known = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'));
const suite = new DataIntegrityProof({cryptosuite});
let failures = 0;

async function documentLoader(url) {
  const [address, fragment] = url.split('#');
  const found = known[url] ?? known[address];
  if(!found) {
    throw new Error(`nothing is fetched: ${url}`);
  }
  const document = fragment && known[url] === undefined ? methodIn(found, url) : found;
  return {contextUrl: null, documentUrl: url, document};
}

function methodIn(did, url) {
  const method = did.verificationMethod.find(each => each.id === url);
  if(!method) {
    throw new Error(`no such key: ${url}`);
  }
  return {'@context': MULTIKEY, ...method};
}

async function stands(given) {
  const result = await checkStatus({...given, suite, documentLoader});
  const revoked = (result.results ?? []).some(each => each.status);
  return {...result, verified: result.verified && !revoked};
}

async function holds(credential) {
  return vc.verifyCredential({credential, suite, documentLoader, checkStatus: stands});
}

async function tokenHolds(token) {
  const {kid, alg} = decodeProtectedHeader(token);
  const {publicKeyJwk} = methodIn(known[kid.split('#')[0]], kid);
  return jwtVerify(token, await importJWK(publicKeyJwk, alg), {algorithms: ['RS256']});
}

function say(name, wanted, got, why = '') {
  const right = wanted === got;
  failures += right ? 0 : 1;
  console.log(`${right ? 'ok  ' : 'FAIL'} ${name}: ${got ? 'holds' : 'does not hold'}${right ? '' : ` ${why}`}`);
}

function why(result) {
  const errors = result.error?.errors ?? [result.error ?? result.statusResult?.error];
  return errors.map(error => error?.stack ?? String(error)).join('\n');
}

async function examineDocument(name, text, wanted) {
  const credential = JSON.parse(text);
  const result = await holds(credential);
  say(name, wanted, result.verified, why(result));
  for(const member of credential.credentialSubject.verifiableCredential ?? []) {
    const inner = await holds(member);
    const alone = wanted || !member.credentialSubject.achievement.id.includes('/visa-ai#');
    say(`${name} > ${member.name}`, alone, inner.verified, why(inner));
  }
  const other = {...credential, name: `${credential.name}.`};
  say(`${name}, altered`, false, (await holds(other)).verified);
}

async function examineToken(name, token) {
  const verified = await tokenHolds(token).then(() => true, () => false);
  say(`${name}, its signature`, true, verified);
  const [head, body, signature] = token.split('.');
  const flipped = body.slice(0, 200) + (body[200] === 'A' ? 'B' : 'A') + body.slice(201);
  const altered = await tokenHolds([head, flipped, signature].join('.')).then(() => true, () => false);
  say(`${name}, altered`, false, altered);
}

for(const kind of ['valid', 'revoked']) {
  for(const file of readdirSync(join(folder, kind)).sort()) {
    const text = readFileSync(join(folder, kind, file), 'utf8');
    const name = `${kind}/${file}`;
    await (file.endsWith('.jwt') ? examineToken(name, text) : examineDocument(name, text, kind === 'valid'));
  }
}
console.log(failures ? `${failures} of these are not as they should be` : 'all as it should be');
process.exit(failures ? 1 : 0);
