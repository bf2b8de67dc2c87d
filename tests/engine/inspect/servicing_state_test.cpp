// SPDX-License-Identifier: Apache-2.0
// Unfinished servicing: every fact alone, and the flags that servicing leaves.
#include "engine/inspect/servicing_state.h"

#include <boost/test/unit_test.hpp>

#include "engine/inspect/servicing_hives.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

ServicingState state_of(const ServicedWindows& windows) {
  return read_servicing_state(*windows.store());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(servicing_state)

BOOST_AUTO_TEST_CASE(a_settled_system_has_nothing_pending) {
  ServicedWindows windows;
  windows.servicing().key("SessionsPending\\30000_1").set_dword("Complete", 1);
  windows.servicing().key("Version").set_string("10.0.19041.3745", "%SystemRoot%\\WinSxS\\x");
  windows.components.root().set_dword("ExecutionState", 0).set_dword("StoreDirty", 0);
  windows.components.root()
      .set_binary("PendingXmlIdentifier", {0, 0, 0, 0})
      .set_dword("NextQueueEntryIndex", 0)
      .set_binary("NextQueueEntryIndexBCDB", {})
      .set_dword("AdvancedInstallersNeedResolving", 0);
  windows.system.key("ControlSet001\\Control\\Session Manager")
      .set_multi_string("SetupExecute", {});
  windows.software.key("Microsoft\\Windows\\CurrentVersion\\Setup\\State")
      .set_string("ImageState", "IMAGE_STATE_COMPLETE");
  const ServicingState state = state_of(windows);
  BOOST_TEST(!state.pending);
  BOOST_TEST_REQUIRE(state.sessions.size() == 1U);
  BOOST_TEST(state.sessions[0].complete);
  BOOST_TEST(to_utf8(state.servicing_stacks.at(0)) == "10.0.19041.3745");
  BOOST_TEST(to_utf8(state.image_state.value().value) == "IMAGE_STATE_COMPLETE");
  BOOST_TEST(!state.pending_xml_identifier.has_value());
  BOOST_TEST(!state.setup_execute.has_value());
  BOOST_TEST((stored_health(state) == HealthState::healthy));
  BOOST_TEST(state.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(each_sign_of_unfinished_work_is_told_alone) {
  const auto pending = [](auto&& change) {
    ServicedWindows windows;
    change(windows);
    ServicingState state = state_of(windows);
    BOOST_TEST(state.pending);
    BOOST_TEST(state.diagnostics.empty());
    return state;
  };
  using Windows = ServicedWindows;
  BOOST_TEST(
      pending([](Windows& w) { w.servicing().key("RebootPending"); }).reboot_pending.value().value);
  BOOST_TEST(pending([](Windows& w) { w.servicing().key("RebootInProgress"); })
                 .reboot_in_progress.value()
                 .value);
  BOOST_TEST(pending([](Windows& w) {
               w.servicing().key("PackagesPending").set_dword("A~~~~1", 0);
             }).packages_pending.size() == 1U);
  BOOST_TEST(!pending([](Windows& w) { w.servicing().key("SessionsPending\\1_2"); })
                  .sessions.at(0)
                  .complete);
  BOOST_TEST(pending([](Windows& w) { w.files["WinSxS/pending.xml"] = "<x/>"; })
                 .pending_xml.value()
                 .evidence.path == "\\Windows\\WinSxS\\pending.xml");
  BOOST_TEST(to_utf8(pending([](Windows& w) {
                       w.components.root().set_binary("PendingXmlIdentifier", {0xAB, 0x01});
                     })
                         .pending_xml_identifier.value()
                         .value) == "ab01");
  BOOST_TEST(pending([](Windows& w) { w.components.root().set_dword("NextQueueEntryIndex", 2); })
                 .next_queue_entry.value()
                 .value == 2U);
  BOOST_TEST(
      pending([](Windows& w) { w.components.root().set_dword("NextQueueEntryIndexBCDB", 1); })
          .next_queue_entry_bcdb.value()
          .evidence.value == "NextQueueEntryIndexBCDB");
  BOOST_TEST(pending([](Windows& w) {
               w.components.root().set_dword("AdvancedInstallersNeedResolving", 1);
             })
                 .advanced_installers_need_resolving.value()
                 .value);
  BOOST_TEST(pending([](Windows& w) { w.components.root().set_dword("ExecutionState", 3); })
                 .execution_state.value()
                 .value == 3U);
  BOOST_TEST(to_utf8(pending([](Windows& w) {
                       w.system.key("ControlSet001\\Control\\Session Manager")
                           .set_multi_string("SetupExecute", {"poqexec.exe a", "b"});
                     })
                         .setup_execute.value()
                         .value) == "poqexec.exe a; b");
}

BOOST_AUTO_TEST_CASE(the_flags_of_servicing_decide_what_is_known_without_a_scan) {
  ServicedWindows dirty;
  dirty.components.root().set_dword("StoreDirty", 1);
  BOOST_TEST((stored_health(state_of(dirty)) == HealthState::repairable));
  ServicedWindows value;
  value.servicing().set_dword("Unserviceable", 1);
  BOOST_TEST((stored_health(state_of(value)) == HealthState::not_repairable));
  ServicedWindows key;
  key.servicing().key("Unserviceable");
  key.components.root().set_dword("StoreDirty", 1);
  BOOST_TEST((stored_health(state_of(key)) == HealthState::not_repairable));
  ServicedWindows off;
  off.servicing().set_dword("Unserviceable", 0);
  BOOST_TEST((stored_health(state_of(off)) == HealthState::healthy));
}

BOOST_AUTO_TEST_CASE(the_stored_health_needs_the_flags_alone) {
  const auto health_of = [](const ServicedWindows& windows) {
    return read_stored_health(windows.store()->image());
  };
  ServicedWindows windows;
  // Of no matter to the health: whoever looked at it would have a finding.
  windows.servicing().key("SessionsPending\\1_2").set_string("Complete", "1");
  windows.servicing().set_string("LastResetBase_UTC", "never");
  windows.components.root().set_dword("StoreDirty", 1);
  BOOST_TEST((health_of(windows).state == HealthState::repairable));
  BOOST_TEST(health_of(windows).diagnostics.items().empty());
  windows.servicing().set_dword("Unserviceable", 1);
  BOOST_TEST((health_of(windows).state == HealthState::not_repairable));
  windows.servicing().set_string("Unserviceable", "yes");
  BOOST_TEST((health_of(windows).state == HealthState::repairable));
  BOOST_TEST(has_finding(health_of(windows).diagnostics, "wrong-type", "Unserviceable"));
  BOOST_TEST((health_of(ServicedWindows()).state == HealthState::healthy));
}

BOOST_AUTO_TEST_CASE(a_session_that_cannot_be_told_to_be_complete_is_pending) {
  ServicedWindows windows;
  windows.servicing().key("SessionsPending\\1_2").set_string("Complete", "1");
  const ServicingState state = state_of(windows);
  BOOST_TEST(state.pending);
  BOOST_TEST(has_finding(state.diagnostics, "wrong-type", "1_2"));
}

BOOST_AUTO_TEST_CASE(wrong_types_are_findings) {
  ServicedWindows windows;
  windows.components.root().set_string("ExecutionState", "busy");
  windows.servicing().set_string("LastResetBase_UTC", "yesterday");
  windows.system.key("ControlSet001\\Control\\Session Manager").set_dword("SetupExecute", 1);
  const ServicingState state = state_of(windows);
  BOOST_TEST(!state.pending);
  BOOST_TEST(has_finding(state.diagnostics, "wrong-type", "ExecutionState"));
  BOOST_TEST(has_finding(state.diagnostics, "wrong-type", "SetupExecute"));
  BOOST_TEST(has_finding(state.diagnostics, "bad-date", "yesterday"));
}

BOOST_AUTO_TEST_CASE(an_image_without_components_still_answers) {
  ServicedWindows windows;
  windows.has_components = false;
  windows.servicing().set_string("LastResetBase_UTC", "2023/10/01:08:07:03");
  const ServicingState state = state_of(windows);
  BOOST_TEST(state.last_reset_base.value().value.to_iso8601().substr(0, 19) ==
             "2023-10-01T08:07:03");
  BOOST_TEST(state.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(dates_of_servicing_have_one_form) {
  const auto text = [](std::u16string_view date) {
    const auto time = parse_servicing_time(date);
    return time ? time->to_iso8601().substr(0, 19) : "none";
  };
  BOOST_TEST(text(u"2023/10/01:08:07:03") == "2023-10-01T08:07:03");
  BOOST_TEST(text(u"2023-10-01 08:07:03.123") == "2023-10-01T08:07:03");
  for (const char16_t* wrong : {u"", u"2023/10/01", u"2023/13/01:08:07:03", u"2023/10/01:25:07:03",
                                u"2023/1/1:8:7:3", u"x023/10/01:08:07:03"}) {
    BOOST_TEST(text(wrong) == "none");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
