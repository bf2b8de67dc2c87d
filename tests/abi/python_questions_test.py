#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A Python program asks a session everything, and deletes every answer exactly once."""

import ctypes
import re
import unittest

import dismapi_library as dism
import dismapi_structures as structures
from dismapi_library import call, read_wide, wide
from dismapi_structures import QuestionTest

UNKNOWN_FEATURE = 0x800F080C
INVALID_PACKAGE = 0x800F0805
UNKNOWN_PRODUCT = 0x80070645
ABORTED = 0x800704D3
NONE, NAME = 0, 1
INSTALLED, STAGED, REMOVED, SUPERSEDED = 4, 2, 3, 6
# Keys that the fixture's image knows and nobody else: of its edition, and of one it can become.
RETAIL_KEY = "XNWPM-32XQC-Y7QJC-QVYXV-CHVGB"
TARGET_KEY = "NM8WT-CFHB2-QBGXK-KMFRH-VC96G"
PROGRESS = ctypes.CFUNCTYPE(None, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p)


class Questions(QuestionTest):

    def test_structures_have_the_sizes_of_the_header(self):
        sizes = dict(re.findall(r"DISMAPI_SIZE\((\w+), (\d+)\)", dism.read_header()))
        for structure in structures.STRUCTURES:
            self.assertEqual(ctypes.sizeof(structure), int(sizes[structure.__name__]))

    def packages(self):
        with self.list(structures.DismPackage, "DismGetPackages") as packages:
            return [(p.text("PackageName"), p.PackageState, p.ReleaseType, p.InstallTime.fields())
                    for p in packages]

    def test_packages(self):
        packages = self.packages()
        names = [name.split("~")[0] for name, *_ in packages]
        self.assertEqual(names.count("Package_for_RollupFix"), 2)
        self.assertNotIn("Microsoft-Windows-ProfessionalEdition", names)  # hidden
        self.assertEqual(names, sorted(names, key=str.upper))
        for name, state, release, installed in packages:
            self.assertEqual(len(name.split("~")), 5)
            self.assertIn(state, range(8))
            self.assertIn(release, range(15))
            self.assertGreater(installed[0], 2000)

    def test_every_listed_package_has_its_details(self):
        for name, state, release, installed in self.packages():
            with self.one(structures.DismPackageInfo, "DismGetPackageInfo", wide(name),
                          NAME) as info:
                self.assertEqual(info.text("PackageName"), name)
                self.assertEqual((info.PackageState, info.ReleaseType), (state, release))
                self.assertEqual(info.InstallTime.fields(), installed)
                for field, kind in info._fields_:
                    if kind is structures.WIDE and field not in ("CustomProperty", "Feature"):
                        self.assertIsNotNone(info.text(field), field)

    def test_a_package_that_is_hidden_can_be_asked_for(self):
        name = next(name for name, *_ in self.packages() if "Foundation" in name)
        hidden = name.replace("Foundation-Package", "ProfessionalEdition")
        with self.one(structures.DismPackageInfo, "DismGetPackageInfo", wide(hidden.upper()),
                      NAME) as info:
            self.assertEqual(info.text("PackageName"), hidden)

    def test_features_and_their_details(self):
        with self.list(structures.DismFeature, "DismGetFeatures", None, NONE) as features:
            states = {f.text("FeatureName"): f.State for f in features}
            self.assertEqual(len(states), len(features))
        self.assertEqual(states["TFTP"], STAGED)
        self.assertEqual(states["NetFx3"], REMOVED)
        self.assertEqual(states["WorkFolders-Client"], INSTALLED)
        for name, state in states.items():
            with self.one(structures.DismFeatureInfo, "DismGetFeatureInfo", wide(name.lower()),
                          None, NONE) as info:
                self.assertEqual((info.text("FeatureName"), info.FeatureState), (name, state))
                self.assertTrue(info.text("DisplayName"))
                for item in structures.elements(structures.DismCustomProperty, info.CustomProperty,
                                                info.CustomPropertyCount):
                    self.assertTrue(item.text("Name"))
            with self.list(structures.DismFeature, "DismGetFeatureParent", wide(name), wide(""),
                           NONE) as parents:
                for parent in parents:
                    self.assertEqual(states[parent.text("FeatureName")], parent.State)

    def test_parents_of_a_feature(self):
        with self.list(structures.DismFeature, "DismGetFeatureParent", wide("DirectPlay"), None,
                       NONE) as parents:
            self.assertEqual([p.text("FeatureName") for p in parents], ["LegacyComponents"])

    def test_an_unknown_feature(self):
        self.refused(UNKNOWN_FEATURE, "Feature name Foo is unknown.", "DismGetFeatureInfo",
                     wide("Foo"), None, NONE)

    def test_capabilities_and_their_details(self):
        with self.list(structures.DismCapability, "DismGetCapabilities") as capabilities:
            states = {c.text("Name"): c.State for c in capabilities}
        self.assertLessEqual(set(states.values()), {0, STAGED, INSTALLED})
        for name, state in states.items():
            with self.one(structures.DismCapabilityInfo, "DismGetCapabilityInfo",
                          wide(name)) as info:
                self.assertEqual((info.text("Name"), info.State), (name, state))
        self.refused(dism.E_INVALIDARG, "A Windows capability name was not recognized.",
                     "DismGetCapabilityInfo", wide("No.Such~~~~0.0.1.0"))

    def test_every_driver_has_its_details(self):
        with self.list(structures.DismDriverPackage, "DismGetDrivers", 1) as drivers:
            names = {d.text("PublishedName"): d.text("ClassGuid") for d in drivers}
            self.assertEqual({d.text("PublishedName") for d in drivers if d.InBox == 0},
                             {"oem0.inf", "oem1.inf"})
        for name, guid in names.items():
            self.assertEqual(self.driver_info(name)[:2], (name, guid))

    def test_app_packages(self):
        for name in ("DismGetProvisionedAppxPackages", "_DismGetProvisionedAppxPackages"):
            with self.list(structures.DismAppxPackage, name) as apps:
                names = {a.text("DisplayName"): a for a in apps}
                self.assertNotIn("Microsoft.VCLibs.140.00", names)
                calculator = names["Microsoft.WindowsCalculator"]
                self.assertEqual(calculator.text("ResourceId"), "~")
                self.assertEqual((calculator.MajorVersion, calculator.MinorVersion), (2023, 2210))
                self.assertIn(calculator.text("Region"), (None, "all"))

    def test_editions(self):
        with self.one(structures.DismString, "_DismGetCurrentEdition") as edition:
            self.assertEqual(read_wide(edition.Value), "Professional")
        with self.list(structures.DismString, "_DismGetTargetEditions") as targets:
            names = [read_wide(t.Value) for t in targets]
        self.assertIn("Enterprise", names)
        self.assertNotIn("Professional", names)

    def test_a_bad_product_key(self):
        for key in ("text", "AAAAA-AAAAA-AAAAA-AAAAA", "00000-00000-00000-00000-00000"):
            edition, channel = ctypes.c_void_p(1), ctypes.c_void_p(1)
            self.assert_hr(call("_DismGetProductKeyInfo", self.session, wide(key),
                                ctypes.byref(edition), ctypes.byref(channel)), UNKNOWN_PRODUCT)
            self.assertEqual((edition.value, channel.value), (None, None))
            self.assert_hr(call("_DismValidateProductKey", self.session, wide(key)),
                           UNKNOWN_PRODUCT)

    def test_product_keys_that_the_image_knows(self):
        edition, channel = ctypes.c_void_p(), ctypes.c_void_p()
        self.assert_hr(call("_DismGetProductKeyInfo", self.session, wide(RETAIL_KEY),
                            ctypes.byref(edition), ctypes.byref(channel)), dism.S_OK)
        texts = [read_wide(structures.DismString.from_address(s.value).Value)
                 for s in (edition, channel)]
        self.assertEqual(texts, ["Professional", "Retail"])
        for string in (edition, channel):  # each is an answer of its own
            self.assert_hr(call("DismDelete", string), dism.S_OK)
        for key in (RETAIL_KEY, TARGET_KEY):
            self.assert_hr(call("_DismValidateProductKey", self.session, wide(key)), dism.S_OK)

    def test_where_hives_are(self):
        for number, name in enumerate(("SOFTWARE", "SYSTEM", "SECURITY", "SAM", "DEFAULT",
                                       "NTUSER.DAT", "COMPONENTS", "DRIVERS")):
            self.refused(dism.NOT_SUPPORTED, name, "_DismGetRegistryMountPoint", number)
        self.refused(dism.NOT_SUPPORTED, dism.image + "/Windows/System32/config/SYSTEM",
                     "_DismGetRegistryMountPoint", 1)

    def test_health_with_progress_and_cancelling(self):
        health, steps = ctypes.c_uint32(77), []
        progress = PROGRESS(lambda current, total, data: steps.append((current, total, data)))
        call_with = lambda scan, event: call(  # pylint: disable=unnecessary-lambda-assignment
            "DismCheckImageHealth", self.session, scan, event, progress, ctypes.c_void_p(4711),
            ctypes.byref(health))
        self.assert_hr(call_with(0, None), dism.S_OK)
        self.assertEqual((health.value, steps), (0, []))
        self.assert_hr(call_with(1, None), dism.S_OK)
        self.assertEqual(health.value, 0)
        self.assertEqual((steps[0], steps[-1]), ((50, 1000, 4711), (1000, 1000, 4711)))
        event = ctypes.c_void_p()
        self.assert_hr(call("DismxCreateCancelEvent", ctypes.byref(event)), dism.S_OK)
        self.assert_hr(call("DismxSetCancelEvent", event), dism.S_OK)
        health.value = 77
        self.assert_hr(call_with(1, event), ABORTED)
        self.assertEqual(health.value, 77)
        self.assert_hr(call("DismxCloseCancelEvent", event), dism.S_OK)

    def test_windows_pe_has_no_editions(self):
        self.session = self.open(dism.image + "-winpe")
        self.refused(dism.NOT_SUPPORTED, "Windows PE", "_DismGetCurrentEdition")
        answer, count = ctypes.c_void_p(1), ctypes.c_uint32(77)
        self.assert_hr(call("_DismGetTargetEditions", self.session, ctypes.byref(answer),
                            ctypes.byref(count)), dism.NOT_SUPPORTED)
        self.assertEqual((answer.value, count.value), (None, 0))

    def test_answers_are_the_same_through_a_disk_and_a_wim(self):
        packages = self.packages()
        for path in (dism.image + ".vhdx", dism.image + ".wim#2"):
            self.session = self.open(path)
            self.assertEqual(self.packages(), packages)


if __name__ == "__main__":
    unittest.main()
