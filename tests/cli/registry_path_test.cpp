// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/registry_path.h"

#include <boost/test/unit_test.hpp>

#include "vfs/core/utf16.h"

using namespace casement;
using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(registry_path)

BOOST_AUTO_TEST_CASE(takes_slashes_as_separators_where_there_is_no_backslash) {
  BOOST_TEST((normalise_key(u"HKLM/SOFTWARE/Microsoft") == u"HKLM\\SOFTWARE\\Microsoft"));
  BOOST_TEST((normalise_key(u"Classes\\MIME\\text/html") == u"Classes\\MIME\\text/html"));
}

BOOST_AUTO_TEST_CASE(drops_separators_at_the_end) {
  BOOST_TEST((normalise_key(u"Select\\\\") == u"Select"));
  BOOST_TEST((normalise_key(u"/") == u""));
}

BOOST_AUTO_TEST_CASE(knows_roots_that_are_made_of_several_hives) {
  BOOST_TEST((as_bare_root(u"hklm") == u"HKLM"));
  BOOST_TEST((as_bare_root(u"HKEY_USERS") == u"HKU"));
  BOOST_TEST((as_bare_root(u"") == u""));
  BOOST_TEST(!as_bare_root(u"HKLM\\SYSTEM").has_value());
}

BOOST_AUTO_TEST_CASE(spells_roots_out_for_reg_files) {
  BOOST_TEST((with_long_root(u"HKLM\\SYSTEM") == u"HKEY_LOCAL_MACHINE\\SYSTEM"));
  BOOST_TEST((with_long_root(u"HKU") == u"HKEY_USERS"));
  BOOST_TEST((with_long_root(u"HKLMX\\a") == u"HKLMX\\a"));
}

BOOST_AUTO_TEST_SUITE_END()
