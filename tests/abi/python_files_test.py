#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packages and drivers that a Python program names by a path of this machine."""

import os
import shutil
import unittest

import dismapi_library as dism
import dismapi_structures as structures
from dismapi_library import wide
from dismapi_structures import QuestionTest

INVALID_PACKAGE = 0x800F0805
NAME, PATH = 1, 2

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v3" displayName="A sample" description="Text"
    creationTimeStamp="2020-02-29T23:30:00Z" lastUpdateTimeStamp="2020-02-29T23:30:00Z">
  <assemblyIdentity name="Package_for_KB7" version="1.2.3.4" processorArchitecture="amd64"
      language="neutral" publicKeyToken="31bf3856ad364e35"/>
  <package identifier="KB7" releaseType="Hotfix" restart="required">
    <update name="SampleFeature" displayName="Sample">
      <selectable disposition="staged"/>
    </update>
  </package>
</assembly>
"""


class Files(QuestionTest):

    def write_package(self):
        folder = os.path.join(self.folder, "package")
        os.mkdir(folder)
        with open(os.path.join(folder, "update.mum"), "w", encoding="utf-8") as file:
            file.write(MANIFEST)
        return folder

    def test_a_package_by_its_path(self):
        folder = self.write_package()
        for path in (folder, folder + "\\", folder + "\\update.mum"):
            with self.one(structures.DismPackageInfoEx, "DismGetPackageInfoEx", wide(path),
                          PATH) as info:
                self.assertEqual(info.text("PackageName"),
                                 "Package_for_KB7~31bf3856ad364e35~amd64~~1.2.3.4")
                self.assertEqual((info.PackageState, info.ReleaseType, info.RestartRequired),
                                 (0, 3, 2))
                self.assertEqual(info.text("DisplayName"), "A sample")
                # The one as it is written, the other in the local time of this machine.
                self.assertEqual(info.CreationTime.fields(), (2020, 2, 6, 29, 23, 30, 0, 0))
                self.assertEqual(info.LastUpdateTime.fields(), (2020, 2, 6, 29, 18, 30, 0, 0))
                self.assertEqual(info.InstallTime.fields(), (0,) * 8)
                features = structures.elements(structures.DismFeature, info.Feature,
                                               info.FeatureCount)
                self.assertEqual([f.text("FeatureName") for f in features], ["SampleFeature"])
                self.assertEqual(info.text("CapabilityId"), "")
        with self.list(structures.DismFeature, "DismGetFeatures", wide(folder), PATH) as features:
            self.assertEqual([f.text("FeatureName") for f in features], ["SampleFeature"])

    def test_no_package(self):
        self.refused(INVALID_PACKAGE, "not valid Windows package", "DismGetPackageInfo",
                     wide("no~package"), NAME)
        self.refused(dism.FILE_NOT_FOUND, "no.cab", "DismGetPackageInfo",
                     wide(self.folder + "/no.cab"), PATH)
        self.refused(INVALID_PACKAGE, "not valid Windows package", "DismGetPackageInfoEx",
                     wide(self.folder), PATH)

    def test_a_driver_by_the_path_of_its_inf(self):
        store = os.path.join(dism.image, "Windows/System32/DriverStore/FileRepository")
        package = next(name for name in os.listdir(store) if name.startswith("casestor.inf"))
        inf = shutil.copy(os.path.join(store, package, "casestor.inf"), self.folder)
        models = self.driver_info(inf)[2]
        self.assertIn(("PCI\\VEN_1AF4&DEV_1001", 9), models)
        self.assertEqual(self.driver_info(inf.replace("/", "\\"))[2], models)
        self.assertEqual(self.driver_info(self.folder + "/no.inf"), dism.FILE_NOT_FOUND)
        self.assertEqual(self.driver_info(self.folder + "/no/no.inf"), dism.PATH_NOT_FOUND)


if __name__ == "__main__":
    unittest.main()
