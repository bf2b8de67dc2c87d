// SPDX-License-Identifier: Apache-2.0
// Integers as they lie on disk.
#pragma once

#include <boost/endian/buffers.hpp>

namespace casement {

/// Alignment 1, no implicit conversion (u16 * u16 would silently be signed int; .value() keeps the
/// width in sight).
using le16 = boost::endian::little_uint16_buf_t;
using le32 = boost::endian::little_uint32_buf_t;
using le64 = boost::endian::little_uint64_buf_t;
using be16 = boost::endian::big_uint16_buf_t;  // VHD, VHDX GUID fields, QCOW2
using be32 = boost::endian::big_uint32_buf_t;
using be64 = boost::endian::big_uint64_buf_t;

}  // namespace casement
