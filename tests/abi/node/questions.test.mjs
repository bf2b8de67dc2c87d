// SPDX-License-Identifier: Apache-2.0
// A Node.js program calls every function of libdismapi.so.
import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, test } from 'node:test';

import koffi from 'koffi';

import * as dism from './dismapi.mjs';
import { functions } from './dismapi.mjs';

const image = process.env.CASEMENT_ABI_IMAGE;
const byName = 1;
const none = 0;
let session = 0;

function expectResult(found, expected) {
  const text = (result) => `0x${(result >>> 0).toString(16)}`;
  assert.equal(text(found), text(expected), dism.lastMessage() ?? '');
}

/// Elements of a list; the list is deleted.
function list(structure, name, ...parameters) {
  const out = [null];
  const count = [77];
  expectResult(functions[name](...parameters, out, count), dism.S_OK);
  const found = dism.elements(structure, out[0], count[0]);
  assert.equal(found.length, count[0]);
  expectResult(functions.DismDelete(out[0]), dism.S_OK);
  return found;
}

/// A structure; read(structure) happens before it is deleted.
function one(structure, name, ...parameters) {
  const out = [null];
  expectResult(functions[name](...parameters, out), dism.S_OK);
  const found = dism.decode(structure, out[0]);
  expectResult(functions.DismDelete(out[0]), dism.S_OK);
  return found;
}

/// The call fails and its out pointer is NULL.
function refused(expected, words, name, ...parameters) {
  const out = [null];
  expectResult(functions[name](...parameters, out), expected);
  assert.equal(out[0], null);
  assert.match(dism.lastMessage(), words);
}

before(() => {
  expectResult(functions.DismInitialize(0, null, null), dism.S_OK);
  const out = [0];
  expectResult(functions.DismOpenSession(image, null, null, out), dism.S_OK);
  session = out[0];
});

after(() => {
  expectResult(functions.DismCloseSession(session), dism.S_OK);
  expectResult(functions.DismShutdown(), dism.S_OK);
});

test('structures have the sizes of the header', () => {
  for (const [name, structure] of Object.entries(dism.structures)) {
    const size = dism.header.match(new RegExp(`DISMAPI_SIZE\\(${name}, (\\d+)\\)`));
    assert.equal(koffi.sizeof(structure), Number(size[1]), name);
  }
});

test('packages and their details', () => {
  const packages = list('DismPackage', 'DismGetPackages', session);
  const ssh = packages.find((p) => p.PackageName.startsWith('OpenSSH-Client-Package~'));
  assert.equal(ssh.PackageState, 4);
  for (const { PackageName, PackageState } of packages) {
    const info = one('DismPackageInfo', 'DismGetPackageInfo', session, PackageName, byName);
    assert.deepEqual([info.PackageName, info.PackageState], [PackageName, PackageState]);
  }
  for (const name of ['DismGetPackageInfoEx', '_DismGetPackageInfoEx']) {
    const info = one('DismPackageInfoEx', name, session, ssh.PackageName, byName);
    assert.equal(info.CapabilityId, 'OpenSSH.Client~~~~0.0.1.0');
  }
  refused(dism.INVALID_PACKAGE, /not valid Windows package/, 'DismGetPackageInfo', session,
    'no~package', byName);
});

test('features, whose array has a stride of 12 bytes', () => {
  const features = list('DismFeature', 'DismGetFeatures', session, '', none);
  const stateOf = Object.fromEntries(features.map((f) => [f.FeatureName, f.State]));
  assert.deepEqual([stateOf.TFTP, stateOf.NetFx3, stateOf['WorkFolders-Client']], [2, 3, 4]);
  const info = one('DismFeatureInfo', 'DismGetFeatureInfo', session, 'tftp', null, none);
  assert.equal(info.DisplayName, 'TFTP client');
  const parents = list('DismFeature', 'DismGetFeatureParent', session, 'DirectPlay', null, none);
  assert.deepEqual(parents.map((p) => p.FeatureName), ['LegacyComponents']);
  refused(dism.UNKNOWN_FEATURE, /Feature name Foo is unknown\./, 'DismGetFeatureInfo', session,
    'Foo', null, none);
});

test('custom properties of a feature', () => {
  const out = [null];
  expectResult(functions.DismGetFeatureInfo(session, 'Microsoft-Windows-Subsystem-Linux', null,
    none, out), dism.S_OK);
  const info = dism.decode('DismFeatureInfo', out[0]);
  const properties = dism.elements('DismCustomProperty', info.CustomProperty,
    info.CustomPropertyCount);
  assert.ok(properties.some((p) => p.Path === 'ServerComponent' && p.Name === 'Id'
    && p.Value === '1033'));
  expectResult(functions.DismDelete(out[0]), dism.S_OK);
});

test('capabilities and reserved storage', () => {
  const capabilities = list('DismCapability', 'DismGetCapabilities', session);
  assert.ok(capabilities.length > 3);
  const info = one('DismCapabilityInfo', 'DismGetCapabilityInfo', session,
    'OpenSSH.Client~~~~0.0.1.0');
  assert.equal(info.State, 4);
  refused(dism.E_INVALIDARG, /was not recognized/, 'DismGetCapabilityInfo', session, 'No.Such');
  const state = [7];
  const result = functions.DismGetReservedStorageState(session, state);
  assert.ok(result === dism.S_OK ? state[0] <= 1 : result === dism.NOT_SUPPORTED);
});

test('drivers', () => {
  const drivers = list('DismDriverPackage', 'DismGetDrivers', session, 1);
  const store = drivers.find((d) => d.PublishedName === 'oem0.inf');
  assert.equal(store.ClassGuid, '{4D36E97B-E325-11CE-BFC1-08002BE10318}');
  const models = [null];
  const count = [0];
  const driverPackage = [null];
  expectResult(functions.DismGetDriverInfo(session, 'oem0.inf', models, count, driverPackage),
    dism.S_OK);
  assert.equal(dism.elements('DismDriver', models[0], count[0])[0].HardwareId,
    'PCI\\VEN_1AF4&DEV_1001');
  assert.equal(dism.decode('DismDriverPackage', driverPackage[0]).OriginalFileName,
    store.OriginalFileName);
  expectResult(functions.DismDelete(models[0]), dism.S_OK);
  expectResult(functions.DismDelete(driverPackage[0]), dism.S_OK);
});

test('app packages', () => {
  for (const name of ['DismGetProvisionedAppxPackages', '_DismGetProvisionedAppxPackages']) {
    const apps = list('DismAppxPackage', name, session);
    assert.ok(apps.some((a) => a.DisplayName === 'Microsoft.ZuneMusic' && a.ResourceId === '~'));
  }
});

test('editions, keys and hives', () => {
  assert.equal(one('DismString', '_DismGetCurrentEdition', session).Value, 'Professional');
  const targets = list('DismString', '_DismGetTargetEditions', session);
  assert.ok(targets.some((t) => t.Value === 'Enterprise'));
  const edition = [null];
  const channel = [null];
  expectResult(functions._DismGetProductKeyInfo(session, 'no key', edition, channel),
    dism.UNKNOWN_PRODUCT);
  assert.deepEqual([edition[0], channel[0]], [null, null]);
  expectResult(functions._DismValidateProductKey(session, 'no key'), dism.UNKNOWN_PRODUCT);
  refused(dism.NOT_SUPPORTED, /System32\/config\/SYSTEM/, '_DismGetRegistryMountPoint', session, 1);
});

test('health, with progress and an event that stops it', () => {
  const steps = [];
  const progress = dism.callback((current, total) => steps.push([current, total]));
  const health = [77];
  expectResult(functions.DismCheckImageHealth(session, 1, null, progress, null, health), dism.S_OK);
  assert.equal(health[0], 0);
  assert.deepEqual([steps[0], steps.at(-1)], [[50, 1000], [1000, 1000]]);
  const event = [null];
  expectResult(functions.DismxCreateCancelEvent(event), dism.S_OK);
  expectResult(functions.DismxSetCancelEvent(event[0]), dism.S_OK);
  expectResult(functions.DismCheckImageHealth(session, 1, event[0], null, null, health),
    dism.REQUEST_ABORTED);
  expectResult(functions.DismxCloseCancelEvent(event[0]), dism.S_OK);
  koffi.unregister(progress);
});

test('images and mounts', () => {
  const images = list('DismImageInfo', 'DismGetImageInfo', `${image}.wim`);
  assert.deepEqual(images.map((i) => i.ImageIndex), [1, 2]);
  assert.deepEqual(list('DismString', 'DismGetMountedImageInfo'), []);
  expectResult(functions.DismMountImage('/no.wim', '/no', 1, null, 0, 1, null, null, null),
    dism.FILE_NOT_FOUND);
  assert.ok(functions.DismUnmountImage('/no', 1, null, null, null) < 0);
  assert.ok(functions.DismRemountImage('/no') < 0);
  expectResult(functions.DismCleanupMountpoints(), dism.S_OK);
});

test('what would change something says that it is not available', () => {
  for (const [name, state] of Object.entries(dism.states)) {
    if (state === 'read_only') {
      const parameters = dism.declarations[name].map((type) => {
        const values = { DismSession: session, PCWSTR: 'text', UINT64: 1, DismPackageIdentifier: 1 };
        const isPointer = /\*$|^HANDLE$|^PVOID$|CALLBACK$/.test(type);
        return values[type] ?? (isPointer ? null : 0);
      });
      expectResult(functions[name](...parameters), dism.NOT_SUPPORTED);
      assert.equal(dism.lastMessage(), `read-only engine: ${name} is not available`);
    }
  }
});

test('a session that is not open', () => {
  const out = [null];
  const count = [77];
  expectResult(functions.DismGetPackages(session + 1000, out, count), dism.INVALID_SESSION);
  assert.deepEqual([out[0], count[0]], [null, 0]);
});

test('every function was called', () => {
  const alwaysLast = ['DismCloseSession', 'DismShutdown'];
  assert.deepEqual(Object.keys(dism.states).filter(
    (name) => !dism.calledFunctions.has(name) && !alwaysLast.includes(name)), []);
});
