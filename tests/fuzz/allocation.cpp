#include "tests/fuzz/allocation.h"

#include <cstdlib>
#include <new>

#include "db/language/language.h"

namespace {
thread_local std::size_t counted_bytes = 0;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KUANGXUN_HAS_SANITIZER_HOOKS
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define KUANGXUN_HAS_SANITIZER_HOOKS
#endif

#ifdef KUANGXUN_HAS_SANITIZER_HOOKS

// The sanitizer's own operator new finds what ours would hide.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*, std::size_t),
                                                         void (*free_hook)(const volatile void*));
namespace {
void count_malloc(const volatile void*, std::size_t size) {
  counted_bytes += size;
}
void ignore_free(const volatile void*) {}
const int installed = __sanitizer_install_malloc_and_free_hooks(count_malloc, ignore_free);
}  // namespace

#else

// Not inlined: GCC would see malloc's memory handed to delete and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  counted_bytes += size;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

#endif

namespace kuangxun::fuzz {

// The first message that is said loads the catalogues, once in a program's life; no input is charged for that.
std::size_t allocated_bytes() {
  static const bool are_words_loaded = language_problems().empty();
  static_cast<void>(are_words_loaded);
  return counted_bytes;
}

}  // namespace kuangxun::fuzz
