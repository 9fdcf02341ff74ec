#pragma once

#include <map>

#include "app/facts/fact.h"

namespace kuangxun::facts {

// What the answers of visits give a fact.
struct Answered {
  FactValue value;
  std::size_t visit = 0;  // which of the visits said so; 0 is the newest
  // Only some of the fact's parts were answered, so that the answers say neither yes nor no; the note names the others.
  bool is_open = false;
};
using AnsweredFacts = std::map<std::size_t, Answered>;  // by the fact's index

// Adds what the answers to parts say of their whole (FactDefinition::all_of). `answers` has of each fact what the
// newest visit said that answered it.
void add_wholes(AnsweredFacts& answers, const FactDictionary& dictionary);

}  // namespace kuangxun::facts
