#include "db/records/enumerations_green.h"

#include <array>

namespace kuangxun::records {
namespace {

constexpr std::array levels = {
    EnumerationOption{1, "national", "国家级", "national"},
    EnumerationOption{2, "regional", "自治区级", "regional"},
    EnumerationOption{3, "prefecture", "州级", "of the prefecture"},
    EnumerationOption{4, "county", "县级", "of the county"},
};
constexpr std::array na_rules = {
    EnumerationOption{1, "rescale", "按涉及项折算", "rescaled to what applies"},
    EnumerationOption{2, "full-marks", "不涉及项给满分", "full marks for what does not apply"},
    EnumerationOption{3, "zero", "不涉及项计零分", "zero for what does not apply"},
};
constexpr std::array steps = {
    EnumerationOption{1, "self-assessment", "企业自评", "self-assessment"},
    EnumerationOption{2, "prefecture-review", "地州初审", "prefecture review"},
    EnumerationOption{3, "third-party", "第三方评估", "third-party assessment"},
    EnumerationOption{4, "spot-check", "实地抽查", "spot check"},
    EnumerationOption{5, "publication", "公示", "publication"},
    EnumerationOption{6, "county-opinion", "县局意见", "county's opinion"},
};
constexpr std::array tiers = {
    EnumerationOption{1, "recommend", "推荐", "recommend"},
    EnumerationOption{2, "cultivate", "培育", "cultivate"},
    EnumerationOption{3, "supervise", "督导", "supervise"},
};

}  // namespace

const EnumerationDescription green_level_enumeration{"green_level", levels};
const EnumerationDescription na_rule_enumeration{"na_rule", na_rules};
const EnumerationDescription green_step_enumeration{"green_step", steps};
const EnumerationDescription green_tier_enumeration{"green_tier", tiers};

}  // namespace kuangxun::records
