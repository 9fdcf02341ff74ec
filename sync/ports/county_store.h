#pragma once

#include "sync/ports/admission_store.h"
#include "sync/ports/chunk_store.h"
#include "sync/ports/log_store.h"
#include "sync/ports/merge_store.h"
#include "sync/ports/state_store.h"
#include "sync/ports/table_store.h"
#include "sync/ports/transactions.h"

namespace kuangxun::ports {

// All that the county keeps, in one object: what is written through one of the ports inside a transaction is seen
// through the others. Everything is decided above, once, for every database: a store only keeps and finds. All calls of
// one store come from one thread.
class CountyStore : public Transactions,
                    public StateStore,
                    public AdmissionStore,
                    public LogStore,
                    public MergeStore,
                    public TableStore,
                    public ChunkStore {};

}  // namespace kuangxun::ports
