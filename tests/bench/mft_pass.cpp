// SPDX-License-Identifier: Apache-2.0
// The floor of a listing: read the MFT, decode every name, print every path. Nothing is checked
// beyond what keeps it from crashing on a good volume, so nobody can do with much less.
//
// usage: bench_mft_pass VOLUME
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

template <class T>
T get(const std::vector<char>& bytes, std::size_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

struct Name {
  std::uint32_t parent = 0;
  std::uint32_t text = 0;  // in the pool
  std::uint64_t size = 0;
  std::uint8_t length = 0;
  bool directory = false;
};

struct Run {
  std::uint64_t offset = 0;  // bytes in the volume
  std::uint64_t length = 0;  // bytes
};

class Pass {
 public:
  explicit Pass(int volume) : volume_(volume) {}

  bool run() {
    std::vector<char> boot(512);
    if (!read(0, boot)) {
      return false;
    }
    const auto sector = get<std::uint16_t>(boot, 11);
    cluster_ = std::uint64_t{sector} * static_cast<std::uint8_t>(boot[13]);
    const auto size = static_cast<signed char>(boot[64]);
    record_ = size < 0 ? std::size_t{1} << -size : static_cast<std::size_t>(size) * cluster_;
    std::vector<char> first(record_);
    if (!read(get<std::uint64_t>(boot, 48) * cluster_, first)) {
      return false;
    }
    runs_of_mft(first);
    for (const Run& run : runs_) {
      decode(run);
    }
    print();
    return true;
  }

 private:
  bool read(std::uint64_t offset, std::vector<char>& bytes) const {
    return ::pread(volume_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) ==
           static_cast<ssize_t>(bytes.size());
  }

  void runs_of_mft(const std::vector<char>& record) {
    std::size_t at = get<std::uint16_t>(record, 20);
    while (get<std::uint32_t>(record, at) != 0x80) {
      at += get<std::uint32_t>(record, at + 4);
    }
    std::size_t run = at + get<std::uint16_t>(record, at + 32);
    std::int64_t lcn = 0;
    for (auto head = static_cast<std::uint8_t>(record[run]); head != 0;
         head = static_cast<std::uint8_t>(record[run])) {
      const std::size_t length_bytes = head & 15U;
      const std::size_t offset_bytes = head >> 4U;
      std::uint64_t length = 0;
      std::int64_t delta = 0;
      std::memcpy(&length, record.data() + run + 1, length_bytes);
      std::memcpy(&delta, record.data() + run + 1 + length_bytes, offset_bytes);
      const unsigned spare = 64 - 8 * static_cast<unsigned>(offset_bytes);
      delta = static_cast<std::int64_t>(static_cast<std::uint64_t>(delta) << spare) >> spare;
      lcn += delta;
      runs_.push_back({static_cast<std::uint64_t>(lcn) * cluster_, length * cluster_});
      run += 1 + length_bytes + offset_bytes;
    }
  }

  void decode(const Run& run) {
    constexpr std::uint64_t piece = std::uint64_t{2} << 20;
    for (std::uint64_t done = 0; done < run.length; done += piece) {
      std::vector<char> bytes(std::min(piece, run.length - done));
      if (!read(run.offset + done, bytes)) {
        return;
      }
      for (std::size_t at = 0; at + record_ <= bytes.size(); at += record_) {
        decode_record(bytes, at);
      }
    }
  }

  void decode_record(std::vector<char>& bytes, std::size_t start) {
    Name name;
    if (get<std::uint32_t>(bytes, start) == 0x454C4946 &&
        (get<std::uint16_t>(bytes, start + 22) & 1U) != 0) {
      const std::size_t fixups = start + get<std::uint16_t>(bytes, start + 4);
      for (std::size_t block = 0; block < record_ / 512; ++block) {
        std::memcpy(bytes.data() + start + block * 512 + 510, bytes.data() + fixups + 2 + block * 2,
                    2);
      }
      name.directory = (get<std::uint16_t>(bytes, start + 22) & 2U) != 0;
      for (std::size_t at = start + get<std::uint16_t>(bytes, start + 20);
           get<std::uint32_t>(bytes, at) != 0xFFFFFFFF; at += get<std::uint32_t>(bytes, at + 4)) {
        decode_attribute(bytes, at, name);
      }
    }
    names_.push_back(name);
  }

  void decode_attribute(const std::vector<char>& bytes, std::size_t at, Name& name) {
    const auto type = get<std::uint32_t>(bytes, at);
    if (type == 0x30) {
      const std::size_t value = at + get<std::uint16_t>(bytes, at + 20);
      if (bytes[value + 65] == 2) {
        return;  // the 8.3 name
      }
      name.parent = get<std::uint32_t>(bytes, value);
      name.length = static_cast<std::uint8_t>(bytes[value + 64]);
      name.text = static_cast<std::uint32_t>(pool_.size());
      for (std::size_t i = 0; i < name.length; ++i) {
        pool_.push_back(bytes[value + 66 + 2 * i]);  // ASCII will do for the floor
      }
    } else if (type == 0x80 && bytes[at + 9] == 0) {
      name.size = bytes[at + 8] == 0 ? get<std::uint32_t>(bytes, at + 16)
                                     : get<std::uint64_t>(bytes, at + 48);
    }
  }

  void print() {
    std::string out;
    std::vector<std::uint32_t> way;
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i].length == 0) {
        continue;
      }
      way.clear();
      for (std::uint32_t at = i; at != 5 && at < names_.size() && way.size() < 100;
           at = names_[at].parent) {
        way.push_back(at);
      }
      out += std::to_string(names_[i].size);
      out += ' ';
      for (auto at = way.rbegin(); at != way.rend(); ++at) {
        out += '\\';
        out.append(pool_, names_[*at].text, names_[*at].length);
      }
      out += '\n';
      if (out.size() > 60000) {
        (void)std::fwrite(out.data(), 1, out.size(), stdout);
        out.clear();
      }
    }
    (void)std::fwrite(out.data(), 1, out.size(), stdout);
  }

  int volume_;
  std::uint64_t cluster_ = 0;
  std::size_t record_ = 0;
  std::vector<Run> runs_;
  std::vector<Name> names_;
  std::string pool_;
};

}  // namespace

int main(int argc, char** argv) {
  const int volume = argc == 2 ? ::open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
  if (volume < 0 || !Pass(volume).run()) {
    (void)std::fputs("usage: bench_mft_pass VOLUME (a good NTFS volume)\n", stderr);
    return 1;
  }
  return 0;
}
