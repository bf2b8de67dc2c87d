// SPDX-License-Identifier: Apache-2.0
// libdismapi.so for Node.js: functions from the declarations of dismapi.h, structures by hand.
import fs from 'node:fs';
import process from 'node:process';

import koffi from 'koffi';

export const S_OK = 0;
export const E_INVALIDARG = 0x80070057 | 0;
export const FILE_NOT_FOUND = 0x80070002 | 0;
export const NOT_SUPPORTED = 0x80070032 | 0;
export const NOT_INITIALIZED = 0xc0040001 | 0;
export const INVALID_SESSION = 0xc0040004 | 0;
export const UNKNOWN_FEATURE = 0x800f080c | 0;
export const INVALID_PACKAGE = 0x800f0805 | 0;
export const UNKNOWN_PRODUCT = 0x80070645 | 0;
export const REQUEST_ABORTED = 0x800704d3 | 0;

const text = 'str16';
const number = 'uint32';
const time = koffi.struct('SYSTEMTIME', {
  wYear: 'uint16', wMonth: 'uint16', wDayOfWeek: 'uint16', wDay: 'uint16', wHour: 'uint16',
  wMinute: 'uint16', wSecond: 'uint16', wMilliseconds: 'uint16',
});
const packageInfo = {
  PackageName: text, PackageState: number, ReleaseType: number, InstallTime: time,
  Applicable: number, Copyright: text, Company: text, CreationTime: time, DisplayName: text,
  Description: text, InstallClient: text, InstallPackageName: text, LastUpdateTime: time,
  ProductName: text, ProductVersion: text, RestartRequired: number, FullyOffline: number,
  SupportInformation: text, CustomProperty: 'void *', CustomPropertyCount: number,
  Feature: 'void *', FeatureCount: number,
};

/// By name. Packed, so that elements of arrays may lie at any address.
export const structures = Object.fromEntries(Object.entries({
  DismString: { Value: text },
  DismPackage: { PackageName: text, PackageState: number, ReleaseType: number, InstallTime: time },
  DismCustomProperty: { Name: text, Value: text, Path: text },
  DismFeature: { FeatureName: text, State: number },
  DismCapability: { Name: text, State: number },
  DismPackageInfo: packageInfo,
  DismPackageInfoEx: { ...packageInfo, CapabilityId: text },
  DismFeatureInfo: {
    FeatureName: text, FeatureState: number, DisplayName: text, Description: text,
    RestartRequired: number, CustomProperty: 'void *', CustomPropertyCount: number,
  },
  DismCapabilityInfo: {
    Name: text, State: number, DisplayName: text, Description: text, DownloadSize: number,
    InstallSize: number,
  },
  DismDriverPackage: {
    PublishedName: text, OriginalFileName: text, InBox: number, CatalogFile: text, ClassName: text,
    ClassGuid: text, ClassDescription: text, BootCritical: number, DriverSignature: number,
    ProviderName: text, Date: time, MajorVersion: number, MinorVersion: number, Build: number,
    Revision: number,
  },
  DismDriver: {
    ManufacturerName: text, HardwareDescription: text, HardwareId: text, Architecture: number,
    ServiceName: text, CompatibleIds: text, ExcludeIds: text,
  },
  DismAppxPackage: {
    PackageName: text, DisplayName: text, PublisherId: text, MajorVersion: number,
    MinorVersion: number, Build: number, RevisionNumber: number, Architecture: number,
    ResourceId: text, InstallLocation: text, Region: text,
  },
  DismImageInfo: {
    ImageType: 'int32', ImageIndex: number, ImageName: text, ImageDescription: text,
    ImageSize: 'uint64', Architecture: number, ProductName: text, EditionId: text,
    InstallationType: text, Hal: text, ProductType: text, ProductSuite: text, MajorVersion: number,
    MinorVersion: number, Build: number, SpBuild: number, SpLevel: number, Bootable: number,
    SystemRoot: text, Language: 'void *', LanguageCount: number, DefaultLanguageIndex: number,
    CustomizedInfo: 'void *',
  },
}).map(([name, fields]) => [name, koffi.pack(name, fields)]));

export const header = fs.readFileSync(process.env.CASEMENT_DISMAPI_HEADER, 'utf8');

const progress = koffi.proto('void DISM_PROGRESS_CALLBACK(uint32 current, uint32 total, void *data)');

/// What koffi calls a parameter's type.
function typeOf(declared) {
  if (declared === 'DISM_PROGRESS_CALLBACK') {
    return koffi.pointer(progress);
  }
  if (declared.endsWith('**') || declared === 'HANDLE*') {
    return koffi.out(koffi.pointer('void *'));
  }
  const types = {
    'PCWSTR': 'str16', 'UINT64': 'uint64', 'UINT': 'uint32', 'DWORD': 'uint32',
    'DismSession': 'uint32', 'HANDLE': 'void *', 'PVOID': 'void *', 'VOID*': 'void *',
    'PCWSTR*': 'void *',
  };
  if (declared in types) {
    return types[declared];
  }
  return declared.endsWith('*') ? koffi.inout(koffi.pointer('uint32')) : 'int32';
}

/// {name: state} of DISMAPI_FUNCTION_TABLE.
export const states = Object.fromEntries(
  [...header.matchAll(/^ {2}ROW\((\w+), (\w+)\)/gm)].map((row) => [row[1], row[2]]));

/// {name: the types of its parameters} of all declarations.
export const declarations = Object.fromEntries(
  [...header.matchAll(/DISMAPI_EXPORT HRESULT WINAPI\s+(\w+)\(([^)]*)\)/g)].map((declaration) => [
    declaration[1],
    declaration[2] === 'void' ? [] : declaration[2].split(',').map(
      (parameter) => parameter.trim().replace(/\s+/g, ' ').replace(/\w+$/, '').replaceAll(' ', '')),
  ]));

const library = koffi.load(process.env.CASEMENT_DISMAPI);
const called = new Set();

/// The names of all functions that were called so far.
export const calledFunctions = called;

/// {name: function}; each gives the HRESULT as a signed number.
export const functions = Object.fromEntries(Object.entries(declarations).map(([name, types]) => {
  const native = library.func(name, 'int32', types.map(typeOf));
  return [name, (...parameters) => {
    called.add(name);
    return native(...parameters);
  }];
}));

/// The elements of an array that a call gave.
export function elements(structure, address, count) {
  return count === 0 ? [] : koffi.decode(address, structures[structure], count);
}

/// The structure that a call gave.
export function decode(structure, address) {
  return koffi.decode(address, structures[structure]);
}

/// A function that C can call back.
export function callback(body) {
  return koffi.register(body, koffi.pointer(progress));
}

/// This thread's last message.
export function lastMessage() {
  const out = [null];
  if (functions.DismGetLastErrorMessage(out) !== S_OK) {
    return null;
  }
  const message = decode('DismString', out[0]).Value;
  functions.DismDelete(out[0]);
  return message;
}
