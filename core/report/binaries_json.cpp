#include "core/report/binaries.hpp"

namespace crtune::report {

namespace {

void known(JsonWriter& json, std::string_view key, const std::string& value) {
  json.key(key);
  if (value.empty()) {
    json.null();
  } else {
    json.text(value);
  }
}

void write_modules(JsonWriter& json, const std::vector<model::GoModule>& modules) {
  json.key("modules").begin_array();
  for (const auto& module : modules) {
    json.begin_object().key("path").text(module.path).key("version").text(module.version);
    json.key("bytes").number(module.bytes);
    json.key("replaced_by");
    if (module.replaced_by_path.empty()) {
      json.null();
    } else {
      json.begin_object().key("path").text(module.replaced_by_path);
      known(json, "version", module.replaced_by_version);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_go(JsonWriter& json, const model::Binary& binary) {
  json.key("go");
  if (!binary.go) {
    json.null();
    return;
  }
  const auto& go = *binary.go;
  json.begin_object();
  known(json, "version", go.version);
  known(json, "path", go.path);
  known(json, "main_module", go.main_module);
  known(json, "main_version", go.main_version);
  write_modules(json, go.modules);
  json.key("settings").begin_object();
  for (const auto& [name, value] : go.settings) json.key(name).text(value);
  json.end_object();
  json.key("method_pruning_is_off").boolean(go.method_pruning_is_off);
  json.key("method_by_name_callers").texts(go.method_by_name_callers);
  json.key("embedded_bytes").number(go.embedded_bytes);
  json.end_object();
}

void write_owners(JsonWriter& json, const std::vector<model::ByteOwner>& owners) {
  json.key("owners").begin_array();
  for (const auto& owner : owners) {
    json.begin_object().key("kind").text(owner_word(owner.kind)).key("name").text(owner.name);
    known(json, "module", owner.module);
    json.key("bytes").number(owner.bytes).key("text").number(owner.text);
    json.key("code").number(owner.code).end_object();
  }
  json.end_array();
}

}  // namespace

void write_binaries(JsonWriter& json, const model::Image& image, const model::Analysis& analysis) {
  json.key("binaries").begin_array();
  for (const auto& row : analysis.binaries) {
    const auto& binary = row.binary;
    json.begin_object();
    json.key("path").text(analysis.is_executable ? image.source : image.paths.text(row.path));
    json.key("layer");
    if (analysis.is_executable) {
      json.null();
    } else {
      json.number(std::uint64_t{row.layer});
    }
    json.key("size").number(row.size);
    json.key("type").text(binary.type);
    json.key("machine").text(binary.machine);
    json.key("linkage").text(linkage_word(binary.linkage));
    known(json, "interpreter", binary.interpreter);
    json.key("needed").texts(binary.needed);
    known(json, "rpath", binary.rpath);
    known(json, "runpath", binary.runpath);
    known(json, "soname", binary.soname);
    json.key("stripped").boolean(binary.stripped);
    json.key("strippable_bytes").number(binary.strippable_bytes);
    known(json, "build_id", binary.build_id);
    json.key("packed_by_upx").boolean(binary.packed_by_upx);
    known(json, "language", binary.language);
    write_go(json, binary);
    write_owners(json, binary.owners);
    json.key("notes").texts(binary.notes);
    json.end_object();
  }
  json.end_array();
}

}  // namespace crtune::report
