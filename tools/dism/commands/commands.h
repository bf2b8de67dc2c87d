// SPDX-License-Identifier: Apache-2.0
// What each command does: prints the body of its output, or says why it cannot. An error leaves the
// words for the error block in the Context.
#pragma once

#include "vfs/core/result.h"

namespace casement::dism {

class Context;

// Image files and mounts: no session.
Result<void> get_image_info(Context& context);
Result<void> list_image(Context& context);
Result<void> get_mounted_image_info(Context& context);
Result<void> clean_up_mount_points(Context& context);

// Precondition of all that follow: the context has a session.
Result<void> get_packages(Context& context);
Result<void> get_package_info(Context& context);
Result<void> get_features(Context& context);
Result<void> get_feature_info(Context& context);
Result<void> get_capabilities(Context& context);
Result<void> get_capability_info(Context& context);
Result<void> get_drivers(Context& context);
Result<void> get_driver_info(Context& context);
Result<void> get_current_edition(Context& context);
Result<void> get_target_editions(Context& context);
Result<void> get_provisioned_appx_packages(Context& context);
Result<void> get_non_removable_app_policy(Context& context);
Result<void> get_default_app_associations(Context& context);
Result<void> get_apps(Context& context);
Result<void> get_app_info(Context& context);
Result<void> get_app_patches(Context& context);
Result<void> get_app_patch_info(Context& context);
Result<void> check_app_patch(Context& context);
Result<void> clean_up_image(Context& context);
Result<void> get_reserved_storage_state(Context& context);
Result<void> get_os_uninstall_window(Context& context);
Result<void> get_pe_settings(Context& context);
Result<void> get_profiling(Context& context);
Result<void> get_scratch_space(Context& context);
Result<void> get_target_path(Context& context);

/// With or without a session: without one it reads the distribution alone.
Result<void> get_intl(Context& context);

/// Of every command that would change something.
Result<void> refuse_change(Context& context);

}  // namespace casement::dism
