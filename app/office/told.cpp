#include "app/office/told.h"

#include "db/language/language.h"

namespace kuangxun::office {
namespace {

// Each phrase() takes its report apart by a structured binding, which does not compile when a member is missing, and
// hands every member over to be counted against the items: a member that nobody words stops the build.
template <std::size_t item_count, class... Members>
std::vector<Item> items_for(Item (&&items)[item_count], const Members&...) {
  static_assert(item_count == sizeof...(Members), "every member of a report is told, and once");
  return {std::make_move_iterator(std::begin(items)), std::make_move_iterator(std::end(items))};
}

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

Item count(std::string_view name, std::uint64_t value, std::string label, std::string text) {
  return {name, value, std::move(label), std::move(text)};
}

Item operations(std::string_view name, std::uint64_t value, std::string label) {
  return count(name, value, std::move(label), say_with("{0} operations", {number(value)}));
}

// Of what is worth a word only when there is some of it.
Item if_any(Item item, std::uint64_t value) {
  if (value == 0) item.text.clear();
  return item;
}

Item photos(std::string_view name, std::uint64_t value, std::string label) {
  return if_any(count(name, value, std::move(label), say_with("{0}", {number(value)})), value);
}

// A fault where there is some of it.
Item fault(std::string_view name, std::uint64_t value, std::string label) {
  Item item = count(name, value, std::move(label), number(value));
  item.is_bad = value > 0;
  return item;
}

Item problem_item(const std::optional<Error>& problem) {
  return {"problem", problem.has_value() ? Item::Value(problem->message()) : Item::Value()};
}

Item epoch_item(const std::optional<std::uint32_t>& epoch) {
  return {"new_epoch", epoch.has_value() ? Item::Value(std::uint64_t{*epoch}) : Item::Value()};
}

// The codes that say "nothing was changed" are not for what was done in part.
std::optional<Error> of_a_part(const std::optional<Error>& problem) {
  if (!problem.has_value()) return std::nullopt;
  const bool claims_nothing_changed = problem->code() == ErrorCode::bad_input ||
                                      problem->code() == ErrorCode::not_found || problem->code() == ErrorCode::usage;
  return claims_nothing_changed ? Error(ErrorCode::unavailable, problem->message()) : problem;
}

}  // namespace

Told tell(const Report& report) {
  const auto& [pushed, relayed, pulled, stored_through, applied_through, disputes, quarantined, photos_sent,
               photos_fetched, photos_confirmed, is_county_restored, new_epoch, is_overtaken, has_more, problem] =
      report;
  Told told;
  told.items = items_for(
      {operations("pushed", pushed, say_text("pushed")),
       operations("pulled", pulled, say_text("pulled")),
       count("stored_through", stored_through, say_text("stored through"), number(stored_through)),
       count("applied_through", applied_through, say_text("applied through"), number(applied_through)),
       fault("disputes", disputes, say_text("disputes")),
       fault("quarantined", quarantined, say_text("quarantined")),
       if_any(operations("relayed", relayed,
                         say_text("sent again, which the county lacked or this laptop wrote in earlier epochs")),
              relayed),
       photos("photos_sent", photos_sent, say_text("photos sent")),
       photos("photos_fetched", photos_fetched, say_text("photos fetched")),
       photos("photos_confirmed", photos_confirmed, say_text("photos confirmed by the county")),
       {"county_restored", is_county_restored},
       epoch_item(new_epoch),
       {"overtaken", is_overtaken},
       {"has_more", has_more},
       problem_item(problem)},
      pushed, relayed, pulled, stored_through, applied_through, disputes, quarantined, photos_sent, photos_fetched,
      photos_confirmed, is_county_restored, new_epoch, is_overtaken, has_more, problem);
  if (is_county_restored) {
    told.sentences.push_back(say_with(
        "The county was restored from a backup; what it lacked was sent again ({0} operations of others among it), "
        "nothing is lost.",
        {number(relayed)}));
  }
  if (new_epoch) {
    told.sentences.push_back(
        say_with("This laptop's data were copied or restored; it goes on in epoch {0}, and the "
                 "records of both copies are kept.",
                 {number(*new_epoch)}));
  }
  if (is_overtaken) {
    told.sentences.push_back(
        say_text("These answers are overtaken: laptop and county have spoken since, nothing is "
                 "new."));
  }
  if (has_more) {
    told.sentences.push_back(
        say_text("There is more at the county: write another bundle and bring its answers "
                 "home."));
  }
  told.problem = of_a_part(problem);
  return told;
}

Told tell(const WrittenBundle& written, const std::filesystem::path& file) {
  const auto& [id, on_medium, frames, photo_count, problem] = written;
  const auto& [bytes, hash] = on_medium;
  Told told;
  told.items = items_for({{"file", file.string()},
                          {"bundle", id.text()},
                          {"bytes", bytes},
                          {"sha256", hash.text(), "SHA-256", hash.text()},
                          {"frames", frames},
                          {"photos", photo_count},
                          problem_item(problem)},
                         file, id, bytes, hash, frames, photo_count, problem);
  told.sentences.push_back(
      say_with("written and read back: {0} ({1} frames, {2} photos, {3} KB). It counts as synced when the county's "
               "answers have come home and are read.",
               {file.string(), number(frames), number(photo_count), number((bytes + 999) / 1000)}));
  if (const auto part = of_a_part(problem)) {
    told.problem = Error(part->code(), phrase("a photo is not in the bundle: {0}", {part->message()}));
  }
  return told;
}

Told tell(const Enrolled& enrolled) {
  const auto& [url, device_name, device_role, new_epoch] = enrolled;
  Told told;
  told.items =
      items_for({{"url", url}, {"device_name", device_name}, {"device_role", device_role}, epoch_item(new_epoch)}, url,
                device_name, device_role, new_epoch);
  told.sentences.push_back(say_with("this laptop is enrolled at {0}", {url}));
  if (new_epoch) {
    told.sentences.push_back(
        say_with("The former key serves no more; the laptop goes on in epoch {0}, and everything "
                 "that was entered is kept.",
                 {number(*new_epoch)}));
  }
  return told;
}

Told tell(const Proof& proof) {
  const auto& [frames, operation_count, unsealed, unreadable, signatures, unproved, receipts, checkpoints, problems,
               notes] = proof;
  Told told;
  told.items = items_for(
      {count("frames", frames, say_text(in_context("office", "frames")), number(frames)),
       count("operations", operation_count, say_text("operations"), number(operation_count)),
       if_any(count("unsealed_operations", unsealed, say_text("operations not sealed yet"), number(unsealed)),
              unsealed),
       if_any(count("unreadable_frames", unreadable, say_text("only a newer program can read"), number(unreadable)),
              unreadable),
       if_any(count("person_signatures", signatures, say_text("signatures of people"), number(signatures)), signatures),
       if_any(count("unproved_signatures", unproved, say_text("by people whom the county has not introduced"),
                    number(unproved)),
              unproved),
       if_any(count("receipts", receipts, say_text("receipts of the county"), number(receipts)), receipts),
       if_any(count("checkpoints", checkpoints, say_text("checkpoints of the county"), number(checkpoints)),
              checkpoints),
       {"problems", problems},
       {"notes", notes}},
      frames, operation_count, unsealed, unreadable, signatures, unproved, receipts, checkpoints, problems, notes);
  told.sentences = problems;
  told.sentences.insert(told.sentences.end(), notes.begin(), notes.end());
  return told;
}

std::string summary_of(const Told& told) {
  std::string text;
  for (const Item& item : told.items) {
    if (item.text.empty()) continue;
    if (!text.empty()) text += say(in_context("criteria", ", "));
    text += item.label + " " + item.text;
  }
  return text;
}

std::string log_text(const Told& told) {
  std::string text;
  const auto add = [&](std::string_view word) {
    if (!text.empty()) text += " ";
    text += word;
  };
  for (const Item& item : told.items) {
    const std::string name(item.name);
    if (const auto* value = std::get_if<std::uint64_t>(&item.value)) add(name + "=" + number(*value));
    if (const auto* flag = std::get_if<bool>(&item.value); flag != nullptr && *flag) add(name);
    if (const auto* list = std::get_if<std::vector<std::string>>(&item.value)) add(name + "=" + number(list->size()));
  }
  if (told.problem) add("problem: " + told.problem->message());
  return text;
}

}  // namespace kuangxun::office
