#include "tests/structure/ratchet.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

constexpr std::string_view heading = "rule,where,allowed";
constexpr std::string_view table = "tests/structure/ratchet.csv";

std::string row(const std::string& rule, const std::string& where, std::size_t count) {
  return rule + "," + where + "," + std::to_string(count) + "\n";
}

std::map<std::pair<std::string, std::string>, std::size_t> counts_of(const Excesses& excesses) {
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  for (const Excess& excess : excesses) counts[{excess.rule, excess.where}] = excess.count;
  return counts;
}

}  // namespace

std::vector<Allowance> read_ratchet(std::string_view csv) {
  std::vector<Allowance> allowances;
  for (const std::string& line : split_lines(csv)) {
    if (line == heading || line.empty()) continue;
    const std::size_t first = line.find(',');
    const std::size_t last = line.rfind(',');
    const std::string number = last == std::string::npos ? "" : line.substr(last + 1);
    const bool is_sound = first != last && !number.empty() && number.size() < 6 &&
                          number.find_first_not_of("0123456789") == std::string::npos;
    if (is_sound) {
      allowances.push_back({line.substr(0, first), line.substr(first + 1, last - first - 1), std::stoul(number)});
    } else {
      allowances.push_back({line, "", 0});
    }
  }
  return allowances;
}

Findings check_ratchet(const Excesses& excesses, const std::vector<Allowance>& allowances) {
  Findings findings;
  for (const Excess& excess : excesses) {
    const auto entry = std::find_if(allowances.begin(), allowances.end(), [&](const Allowance& allowance) {
      return allowance.rule == excess.rule && allowance.where == excess.where;
    });
    const std::size_t allowed = entry == allowances.end() ? 0 : entry->allowed;
    if (excess.count <= allowed) continue;
    const std::string more =
        allowed == 0 ? "" : " (" + std::to_string(allowed) + " are listed, and may only become less)";
    findings.push_back({excess.where, excess.rule + ": " + excess.what + more});
  }
  const auto counts = counts_of(excesses);
  for (const Allowance& allowance : allowances) {
    const auto found = counts.find({allowance.rule, allowance.where});
    const std::size_t count = found == counts.end() ? 0 : found->second;
    if (allowance.allowed != 0 && count >= allowance.allowed) continue;
    const std::string line = allowance.rule + "," + allowance.where + "," + std::to_string(allowance.allowed);
    findings.push_back(
        {std::string(table), line + ": " +
                                 (count == 0 ? "delete it, the rule is kept there now"
                                             : "write " + std::to_string(count) + ", it needs no more")});
  }
  return findings;
}

std::string whole_ratchet(const Excesses& excesses) {
  std::string csv = std::string(heading) + "\n";
  for (const Excess& excess : excesses) csv += row(excess.rule, excess.where, excess.count);
  return csv;
}

std::string shrunk_ratchet(const Excesses& excesses, const std::vector<Allowance>& allowances) {
  const auto counts = counts_of(excesses);
  std::string csv = std::string(heading) + "\n";
  for (const Allowance& allowance : allowances) {
    const auto found = counts.find({allowance.rule, allowance.where});
    const std::size_t needed = found == counts.end() ? 0 : std::min(found->second, allowance.allowed);
    if (needed > 0) csv += row(allowance.rule, allowance.where, needed);
  }
  return csv;
}

}  // namespace kuangxun::structure
