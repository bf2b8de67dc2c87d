// SPDX-License-Identifier: Apache-2.0
#include "engine/pe/pe_header.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/pe_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

Result<std::uint16_t> machine_of(std::vector<std::byte> bytes) {
  return read_pe_machine(*make_memory_source(std::move(bytes), "program"));
}

const std::array pe_mutations{
    Mutation{"no MZ", 0, {'X'}, Status::bad_format},
    Mutation{"header offset beyond the file", 0x3F, {0x7F}, Status::truncated},
    Mutation{"header offset at the DOS header", 0x3C, {0, 0, 0, 0}, Status::bad_format}};

}  // namespace

BOOST_AUTO_TEST_SUITE(pe_header)

BOOST_AUTO_TEST_CASE(reads_the_machine) {
  using fixture::PeMachine;
  for (const PeMachine machine :
       {PeMachine::x86, PeMachine::x64, PeMachine::arm, PeMachine::arm64, PeMachine::ia64}) {
    BOOST_TEST(must(machine_of(fixture::build_pe({.machine = machine}))) ==
               static_cast<std::uint16_t>(machine));
  }
}

BOOST_DATA_TEST_CASE(rejects, boost::unit_test::data::make(pe_mutations), m) {
  BOOST_TEST(is_status(machine_of(mutate(fixture::build_pe(), m.offset, m.bytes)), m.expected));
}

BOOST_DATA_TEST_CASE(survives_truncation, boost::unit_test::data::xrange(0, 64), size) {
  BOOST_TEST(is_status(machine_of(prefix(fixture::build_pe(), static_cast<std::size_t>(size))),
                       Status::truncated));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
