#include "core/diff/report_reader.hpp"

#include <array>

namespace crtune::diff {

using base::Result;
using base::Status;
using model::Binary;
using model::Snapshot;
using model::SnapshotBinary;

namespace {

Result<model::GoModule> read_module(const ReportValue& value) {
  model::GoModule module;
  CRT_ASSIGN(module.path, value.member("path").text());
  CRT_ASSIGN(module.version, value.member("version").text_or_empty());
  CRT_ASSIGN(module.bytes, value.member("bytes").number());
  const ReportValue replacement = value.member("replaced_by");
  if (replacement.is_null()) return module;
  CRT_ASSIGN(module.replaced_by_path, replacement.member("path").text());
  CRT_ASSIGN(module.replaced_by_version, replacement.member("version").text_or_empty());
  return module;
}

Result<model::GoInfo> read_go(const ReportValue& value) {
  model::GoInfo go;
  CRT_TRY(value.must_be_object());
  CRT_ASSIGN(go.version, value.member("version").text_or_empty());
  CRT_ASSIGN(go.path, value.member("path").text_or_empty());
  CRT_ASSIGN(go.main_module, value.member("main_module").text_or_empty());
  CRT_ASSIGN(go.main_version, value.member("main_version").text_or_empty());
  const ReportValue modules = value.member("modules");
  CRT_ASSIGN(const std::size_t count, modules.array_size());
  for (std::size_t i = 0; i < count; ++i) {
    CRT_ASSIGN(model::GoModule module, read_module(modules.item(i)));
    go.modules.push_back(std::move(module));
  }
  const ReportValue settings = value.member("settings");
  CRT_TRY(settings.must_be_object());
  for (const auto& [name, unused] : *settings.object()) {
    CRT_ASSIGN(std::string text, settings.member(name).text());
    go.settings.emplace_back(name, std::move(text));
  }
  return go;
}

Result<model::ByteOwner> read_owner(const ReportValue& value) {
  model::ByteOwner owner;
  CRT_ASSIGN(const std::string kind, value.member("kind").text());
  constexpr std::array kKinds = {model::OwnerKind::package, model::OwnerKind::section,
                                 model::OwnerKind::remainder};
  bool is_known = false;
  for (const auto each : kKinds) {
    if (kind != owner_word(each)) continue;
    owner.kind = each;
    is_known = true;
  }
  if (!is_known) return value.member("kind").wrong("package, section or remainder");
  CRT_ASSIGN(owner.name, value.member("name").text());
  CRT_ASSIGN(owner.module, value.member("module").text_or_empty());
  CRT_ASSIGN(owner.bytes, value.member("bytes").number());
  CRT_ASSIGN(owner.text, value.member("text").number());
  return owner;
}

Status read_owners(const ReportValue& value, std::uint64_t size, Binary& binary) {
  CRT_ASSIGN(const std::size_t count, value.array_size());
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    CRT_ASSIGN(model::ByteOwner owner, read_owner(value.item(i)));
    sum += owner.bytes;
    binary.owners.push_back(std::move(owner));
  }
  if (count > 0 && sum != size) return value.wrong("what the file's size says: the bytes add up differently");
  return {};
}

Result<model::Linkage> read_linkage(const ReportValue& value) {
  CRT_ASSIGN(const std::string word, value.text());
  for (const auto each : {model::Linkage::fixed, model::Linkage::static_pie, model::Linkage::dynamic})
    if (word == linkage_word(each)) return each;
  return value.wrong("static, static-pie or dynamic");
}

Result<SnapshotBinary> read_binary(const ReportValue& value) {
  SnapshotBinary out;
  Binary& binary = out.binary;
  CRT_TRY(value.must_be_object());
  CRT_ASSIGN(out.path, value.member("path").text());
  CRT_ASSIGN(out.size, value.member("size").number());
  CRT_ASSIGN(binary.type, value.member("type").text());
  CRT_ASSIGN(binary.machine, value.member("machine").text());
  CRT_ASSIGN(binary.linkage, read_linkage(value.member("linkage")));
  CRT_ASSIGN(binary.interpreter, value.member("interpreter").text_or_empty());
  CRT_ASSIGN(binary.needed, value.member("needed").texts());
  CRT_ASSIGN(binary.rpath, value.member("rpath").text_or_empty());
  CRT_ASSIGN(binary.runpath, value.member("runpath").text_or_empty());
  CRT_ASSIGN(binary.stripped, value.member("stripped").boolean());
  CRT_ASSIGN(binary.build_id, value.member("build_id").text_or_empty());
  CRT_ASSIGN(binary.language, value.member("language").text_or_empty());
  if (!value.member("packed_by_upx").is_null()) {
    CRT_ASSIGN(binary.packed_by_upx, value.member("packed_by_upx").boolean());
  }
  if (!value.member("go").is_null()) {
    CRT_ASSIGN(binary.go, read_go(value.member("go")));
  }
  CRT_TRY(read_owners(value.member("owners"), out.size, binary));
  return out;
}

}  // namespace

Status read_report_binaries(const ReportValue& report, Snapshot& out) {
  const ReportValue list = report.member("binaries");
  out.has_binaries = !list.is_null();
  if (!out.has_binaries) return {};
  CRT_ASSIGN(const std::size_t count, list.array_size());
  for (std::size_t i = 0; i < count; ++i) {
    CRT_ASSIGN(SnapshotBinary binary, read_binary(list.item(i)));
    out.binaries.push_back(std::move(binary));
  }
  return {};
}

}  // namespace crtune::diff
