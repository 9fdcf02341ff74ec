#pragma once

namespace kuangxun::sqlite {

// Two ways to the same tables: one that people wait for, and one as operations arrive day by day, which proves it.
enum class RebuildPath { bulk, incremental };

}  // namespace kuangxun::sqlite
