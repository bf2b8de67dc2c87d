// SPDX-License-Identifier: Apache-2.0
// Writes the images and hives that the cases in cases/ speak of: make_cli_data DIRECTORY.
#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "fixtures/build/disk/mbr_builder.h"
#include "fixtures/build/fat/exfat_builder.h"
#include "fixtures/build/hive_builder.h"
#include "fixtures/build/hive_log_builder.h"
#include "fixtures/build/pe_builder.h"
#include "fixtures/build/pe_version.h"
#include "fixtures/recipes/image_recipe.h"
#include "tests/cli/make_cli_disks.h"
#include "tests/cli/make_cli_media.h"

namespace casement::fixture {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& path, std::span<const std::byte> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file) {
    throw std::runtime_error("cannot write " + path.string());
  }
}

HiveBuilder new_hive() {
  HiveOptions options;
  options.default_key_time = ticks_at(2024, 1, 2, 3, 4, 5);
  options.last_written = ticks_at(2024, 1, 2, 3, 4, 6);
  return HiveBuilder(options);
}

ByteVector bytes_of(std::size_t count) {
  ByteVector bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes.push_back(static_cast<std::byte>(i & 0xFF));
  }
  return bytes;
}

/// One value of each type, and data that contradicts its type.
ByteVector types_hive() {
  HiveBuilder hive = new_hive();
  hive.key("Types")
      .set_default("the default")
      .set_string("Text", R"(C:\Windows\System32)")
      .set_expand_string("Expand", "%SystemRoot%\\x")
      .set_multi_string("List", {"one", "two words"})
      .set_multi_string("EmptyList", std::initializer_list<Text>{})
      .set_dword("Number", 3570)
      .set_value("BigEndian", RegType::dword_big_endian,
                 ByteVector{std::byte{0}, std::byte{0}, std::byte{1}, std::byte{2}})
      .set_qword("Wide", 0xFFFFFFFFFFFFFFFF)
      .set_binary("Bytes", {0xDE, 0xAD, 0xBE, 0xEF})
      .set_binary("Long", bytes_of(100))
      .set_binary("Nothing", std::initializer_list<std::uint8_t>{})
      .set_value("Odd", 0x3E9, ByteVector{std::byte{1}})
      .set_value("ShortNumber", RegType::dword, ByteVector{std::byte{7}, std::byte{8}})
      .set_value("NoEnd", RegType::sz, utf16le("unended"))
      .set_value("Behind", RegType::sz, utf16le(Text(std::u16string(u"seen\0hidden", 11))));
  hive.key("Names")
      .set_string(u"gr\u00FC\u00DFe", "Latin-1")
      .set_string(u"\u65E5\u672C\u8A9E", u"\u6F22\u5B57")
      .set_string(u"lone \xD800 surrogate", u"tail \xDC00")
      .set_string(u"bell \x07 and \x1B[31mred", u"line\r\nbreak")
      .set_string("quote \" and \\ backslash", "a \"quoted\" \\ text")
      .set_string(u"turned \u202E round", "right to left");
  hive.key("Class").class_name("a class");
  hive.key("Tree\\A\\B\\C").set_dword("Deep", 3);
  hive.key("Tree\\A2").set_dword("Flat", 2);
  hive.root().subkey("text/html").set_string("Extension", ".htm");
  return hive.build();
}

/// The registry shape that suggestions and eaten backslashes are about.
ByteVector software_hive() {
  HiveBuilder hive = new_hive();
  hive.key("Microsoft\\Windows NT\\CurrentVersion").set_string("ProductName", "Windows 10 Pro");
  hive.key("Microsoft\\Windows\\CurrentVersion\\Run");
  hive.key("Policies");
  hive.key("Classes");
  hive.key("Clients");
  hive.key("ODBC");
  hive.key("RegisteredApplications");
  return hive.build();
}

void write_dirty(const fs::path& directory) {
  HiveBuilder before = new_hive();
  before.key("Setup").set_string("State", "before");
  HiveBuilder after = new_hive();
  after.key("Setup").set_string("State", "after");
  const DirtyHive dirty = build_new_log_hive(before.build(), after.build());
  write_file(directory / "dirty.hive", dirty.primary);
  write_file(directory / "DIRTY.HIVE.log1", dirty.log1);  // another case, as copied from Windows
  write_file(directory / "lonely.hive", dirty.primary);
}

/// A subkey without its signature, a value whose data lies outside, a value list that goes wrong.
ByteVector damaged_hive() {
  HiveBuilder hive = new_hive();
  hive.key("Good").set_string("Kept", "yes");
  hive.key("Bad\\Below").set_string("Lost", "yes");
  hive.key("Values").set_string("First", "kept").set_string("Broken", "long enough to be a cell");
  hive.key("Zed").set_dword("Last", 1);
  BuiltHive built = hive.build_mapped();
  put_u16(built.bytes, built.find(HiveCell::key, "Bad").file_offset, 0x7878);
  put_u32(built.bytes, built.find(HiveCell::value, "Values", "Broken").file_offset + 8, 0x7FFFFFF0);
  return built.bytes;
}

ByteVector deleted_hive() {
  HiveBuilder hive = new_hive();
  hive.key("Live").set_dword("Here", 1);
  hive.key("Live\\Gone").set_string("Was", "here").mark_deleted();
  return hive.build();
}

/// Names that no line of text can hold.
ByteVector breaks_hive() {
  HiveBuilder hive = new_hive();
  hive.key("Fine").set_string("Fine", "fine").set_string("not\r\nfine", "lost");
  hive.root().subkey("not\nfine").set_string("Lost", "too");
  return hive.build();
}

/// Values that all have the data of the first: together they claim more than the hive holds.
ByteVector shared_data_hive() {
  constexpr int copies = 20;
  HiveBuilder hive = new_hive();
  KeyBuilder shared = hive.key("Shared");
  shared.set_binary("Value00", bytes_of(6000));
  for (int i = 1; i <= copies; ++i) {
    shared.set_binary("Value" + std::to_string(i + 9), bytes_of(16));
  }
  hive.key("Zed").set_dword("Last", 1);
  BuiltHive built = hive.build_mapped();
  const std::size_t first = built.find(HiveCell::value, "Shared", "Value00").file_offset;
  for (int i = 1; i <= copies; ++i) {
    const std::string name = "Value" + std::to_string(i + 9);
    const std::size_t other = built.find(HiveCell::value, "Shared", name).file_offset;
    // The size of the data and where it lies.
    std::copy_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(first) + 4, 8,
                built.bytes.begin() + static_cast<std::ptrdiff_t>(other) + 4);
  }
  return built.bytes;
}

/// Many keys, for readers that stop early.
ByteVector wide_hive() {
  HiveBuilder hive = new_hive();
  for (int i = 0; i < 20000; ++i) {
    hive.root().subkey("Key" + std::to_string(100000 + i)).set_string("Name", "some text");
  }
  return hive.build();
}

/// What a .reg file can carry, for the round trip through another program.
ByteVector portable_hive() {
  HiveBuilder hive = new_hive();
  hive.key("Export")
      .set_default("default")
      .set_string("Text", R"(C:\Program Files\"quoted")")
      .set_expand_string("Expand", "%SystemRoot%\\x")
      .set_multi_string("List", {"one", "two"})
      .set_dword("Number", 0xFFFFFFFF)
      .set_qword("Wide", 1)
      .set_binary("Long", bytes_of(200))
      .set_binary("Nothing", std::initializer_list<std::uint8_t>{})
      .set_value("NoEnd", RegType::sz, utf16le("unended"));
  hive.key("Export\\Sub key\\Deeper").set_string("Deep", "text");
  hive.key("Unicode").set_string(u"gr\u00FC\u00DFe", u"\u6F22\u5B57");
  return hive.build();
}

void write_hives(const fs::path& directory) {
  fs::create_directories(directory);
  write_file(directory / "types.hive", types_hive());
  write_file(directory / "SOFTWARE", software_hive());
  write_dirty(directory);
  write_file(directory / "damaged.hive", damaged_hive());
  write_file(directory / "deleted.hive", deleted_hive());
  write_file(directory / "shared.hive", shared_data_hive());
  write_file(directory / "breaks.hive", breaks_hive());
  write_file(directory / "wide.hive", wide_hive());
  write_file(directory / "portable.hive", portable_hive());
  write_file(directory / "text.txt", ascii_bytes("This is no hive.\n"));
}

/// A Windows whose kernel says its version, and a program whose version resource is damaged.
Tree programs_image() {
  const auto recipe = find_recipe("windows_10");
  if (!recipe) {
    throw std::runtime_error("no recipe windows_10");
  }
  Tree tree = build_image(*recipe);
  const PeResource version =
      version_resource({.file = {10, 0, 19041, 3803},
                        .product = {10, 0, 19041, 3803},
                        .texts = {{u"CompanyName", u"Case Company"},
                                  {u"FileDescription", u"Case kernel"},
                                  {u"FileVersion", u"10.0.19041.3803 (case)"},
                                  {u"ProductName", u"Case\u00AE System"}}});
  tree.add_file("Windows/System32/ntoskrnl.exe",
                build_pe({.subsystem = PeSubsystem::native, .resources = {version}}));
  tree.add_file(
      "Windows/damaged.exe",
      build_pe(
          {.resources = {{.type = version.type, .name = version.name, .data = ByteVector(3)}}}));
  return tree;
}

void write_images(const fs::path& directory) {
  const auto write = [&](const char* recipe_name, const char* name, auto change) {
    auto recipe = find_recipe(recipe_name);
    if (!recipe) {
      throw std::runtime_error(std::string("no recipe ") + recipe_name);
    }
    change(*recipe);
    write_tree(build_image(*recipe), (directory / name).string());
  };
  const auto as_it_is = [](ImageRecipe&) {};
  fs::create_directories(directory);
  write("windows_10", "win10", as_it_is);
  write("windows_10", "dirty", [](ImageRecipe& recipe) { recipe.dirty = true; });
  write("server_2022_core", "core", as_it_is);
  write("dual_boot", "dual", [](ImageRecipe& recipe) { recipe.layout = Layout::drives; });
  write("upgraded", "upgraded", as_it_is);
  write_tree(programs_image(), (directory / "programs").string());
  // Two drives without a Windows, as a collector writes them.
  Tree data;
  data.add_file("C%3A/docs/a.txt", std::string_view("on C\n"));
  data.add_file("D%3A/docs/b.txt", std::string_view("on D\n"));
  write_tree(data, (directory / "data_drives").string());
  Tree empty;
  empty.add_file("readme.txt", std::string_view("nothing here\n"));
  empty.add_directory("Windows/System32");
  write_tree(empty, (directory / "no_hives").string());
}

/// Partition 1: \docs with a file whose entry is damaged, \clean without. Partition 2: a disk image
/// in \vm. Partition 3: nothing that could be read.
ByteVector partitioned_disk() {
  ExfatBuilder first;
  first.add_file("clean/fine.txt", std::string_view("fine\n"));
  first.add_file("docs/bad.txt", std::string_view("bad\n"));
  first.add_file("docs/good.txt", std::string_view("good\n"));
  BuiltExfat damaged = first.build();
  const std::size_t set = damaged.find("docs/bad.txt").slots.front();
  put_u16(damaged.bytes, set + 2, 0xBAD);  // its checksum
  ExfatBuilder inner;
  inner.add_file("inside.txt", std::string_view("inside\n"));
  ExfatBuilder second;
  second.add_file("vm/child.img", inner.build().bytes);
  second.add_file("second.txt", std::string_view("second\n"));
  const ByteVector other = second.build().bytes;

  constexpr std::size_t sector = 512;
  constexpr std::size_t alignment = 2048;
  const auto sectors_of = [](const ByteVector& bytes) { return bytes.size() / sector; };
  const auto behind = [](std::size_t at, std::size_t count) {
    return (at + count + alignment - 1) / alignment * alignment;
  };
  const std::size_t second_at = behind(alignment, sectors_of(damaged.bytes));
  const std::size_t third_at = behind(second_at, sectors_of(other));
  MbrDisk disk;
  disk.sector_count = third_at + alignment;
  disk.signature = 0x0C11'D15C;
  disk.slots[0] = MbrSlot{.first_sector = alignment, .sector_count = sectors_of(damaged.bytes)};
  disk.slots[1] = MbrSlot{.first_sector = second_at, .sector_count = sectors_of(other)};
  disk.slots[2] = MbrSlot{.first_sector = third_at, .sector_count = alignment};
  ByteVector bytes = build_mbr_disk(disk);
  const auto put = [&bytes](std::size_t at, const ByteVector& volume) {
    std::ranges::copy(volume, bytes.begin() + static_cast<std::ptrdiff_t>(at * sector));
  };
  put(alignment, damaged.bytes);
  put(second_at, other);
  return bytes;
}

}  // namespace
}  // namespace casement::fixture

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_cli_data DIRECTORY\n";
    return 2;
  }
  try {
    const std::filesystem::path directory(argv[1]);
    casement::fixture::write_hives(directory / "hives");
    casement::fixture::write_images(directory / "images");
    casement::test::write_cli_disks(directory / "disks");
    casement::test::write_cli_media(directory / "disks");
    casement::fixture::write_file(directory / "images" / "parts.img",
                                  casement::fixture::partitioned_disk());
  } catch (const std::exception& error) {
    std::cerr << "make_cli_data: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
