// Reads members of a saved report, and says which one is wrong.
#pragma once

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/model/snapshot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::diff {

// No size or count of a report is larger, so that the sum of all that fit in one stays in 63 bits.
inline constexpr std::uint64_t kMaxReportNumber = 1ULL << 40U;

// A value of the report and where it stands in it, e.g. "layers[3]".
class ReportValue {
 public:
  ReportValue(const base::Json& json, std::string where, const std::string& file)
      : json_(json), where_(std::move(where)), file_(file) {}

  ReportValue member(std::string_view key) const;
  ReportValue item(std::size_t index) const;
  bool is_null() const { return json_.is_null(); }

  // Each fails as invalid where the value is of another type or out of range.
  base::Result<std::string> text() const;
  base::Result<std::string> text_or_empty() const;  // null and absent are empty
  base::Result<std::uint64_t> number(std::uint64_t most = kMaxReportNumber) const;
  base::Result<std::uint64_t> number_or_zero() const;
  base::Result<std::int64_t> signed_number() const;
  base::Result<bool> boolean() const;
  base::Result<std::size_t> array_size() const;  // of an array
  base::Result<std::vector<std::string>> texts() const;
  const base::JsonObject* object() const { return json_.object(); }
  base::Status must_be_object() const;

  tl::unexpected<base::Error> wrong(std::string_view what) const;
  const std::string& where() const { return where_; }

 private:
  const base::Json& json_;
  std::string where_;
  const std::string& file_;
};

// Fills the snapshot's files from the member "files"; the layers are there already. Errors: invalid.
base::Status read_report_files(const ReportValue& report, model::Snapshot& out);

// The same of the member "binaries".
base::Status read_report_binaries(const ReportValue& report, model::Snapshot& out);

}  // namespace crtune::diff
