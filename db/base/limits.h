#pragma once

#include <cstddef>
#include <cstdint>

// A limit on everything that is read from outside, in one place, each with its reason.
namespace kuangxun::limits {

// A whole `record` document: a visit of a day with hundreds of answers and thousands of points is
// under 4 MiB.
constexpr std::uint64_t record_document_bytes_max = 16ULL << 20;
// Nesting of a `record` document: ours needs 4.
constexpr int document_depth_max = 16;
// Members of one object of a `record` document: the largest kind has 23 fields.
constexpr std::size_t document_members_max = 256;
// One text value: a statement of several pages is under 16 KiB; more belongs in an attachment.
constexpr std::size_t text_bytes_max = 64 << 10;
// A short text (names, numbers of certificates, codes).
constexpr std::size_t short_text_bytes_max = 1000;
// One geometry: 100,000 vertices of 16 bytes and a header.
constexpr std::size_t geometry_bytes_max = 2 << 20;
// Points of one block of a track: a minute at 60 a second.
constexpr std::size_t track_block_points_max = 3600;
// Its bytes: three times what points cost whose every number is noise.
constexpr std::size_t track_block_bytes_max = 256 << 10;
// How far from the block's start a point's time may lie, either way: a minute, and a clock that jumped by a day.
constexpr std::int64_t track_block_span_ms_max = 86'400'000;
// One value of any kind inside an operation; the geometry is the largest.
constexpr std::size_t value_bytes_max = geometry_bytes_max;
// A photo: 100-megapixel JPEGs stay below.
constexpr std::uint64_t attachment_bytes_max = 64ULL << 20;
// What an attachment is cut into for the link.
constexpr std::size_t chunk_bytes = 256 << 10;
// Operations in one frame; at ~20 bytes each a full frame stays far below frame_bytes_max.
constexpr std::uint32_t frame_operations_max = 4096;
// A sealed frame as it travels: 4,096 operations with one large geometry among them.
constexpr std::size_t frame_bytes_max = 4 << 20;
// A frame's payload after decompression; caps what a hostile frame can make us allocate.
constexpr std::size_t payload_bytes_max = 8 << 20;
// Heads of one field: two dozen laptops that all edited one field while offline.
constexpr std::uint32_t heads_max = 64;
// Bases an operation names: all heads of all groups of a record, when the record is voided.
constexpr std::uint32_t bases_max = 1024;
// Bases that the operations of one frame name together: a frame is cut at about 1 MiB, 12 bytes a base; caps what 8 MiB
// of two-byte bases would become in memory.
constexpr std::size_t frame_bases_max = 128 << 10;
// One operation inside a frame: the largest value and a little; a frame that was nearly full still has room for it.
constexpr std::size_t operation_bytes_max = value_bytes_max + (256 << 10);
// Operations of one writer: a hundred a second for 300 years. The stores' keys hold 40 bits.
constexpr std::uint64_t sequence_max = (1ULL << 40) - 1;
// One look at the laptop's store by who does not write it. As long as it stands, nothing of what is written meanwhile
// can leave the write-ahead file: one that stayed open grew it to 1.25 GB during 200,000 rows. A dossier takes some 20
// ms.
constexpr std::int64_t look_ms_max = 2000;
// Merge groups are named by field numbers; the largest kind has 23. The stores' keys hold 10 bits.
constexpr std::uint16_t group_number_max = 1023;
// Field values inside one operation: the largest merge group has 14.
constexpr std::uint32_t fields_in_operation_max = 32;
// One HTTP body at the county: a handful of full frames.
constexpr std::size_t http_body_bytes_max = 16 << 20;
constexpr std::size_t http_header_bytes_max = 16 << 10;
// Frames in one pull answer.
constexpr std::uint32_t pull_frames_max = 256;
// Frames in one push: as many as an answer to a pull holds.
constexpr std::uint32_t push_frames_max = 256;
// What the session puts into one message (one larger frame travels alone), and after the link was cut.
constexpr std::uint32_t message_bytes_wanted = 1 << 20;
constexpr std::uint32_t message_bytes_after_cut = 16 << 10;
// Frames of the asker's own that one pull answer passes over (40 bytes each).
constexpr std::uint32_t skipped_frames_max = 4096;
// Chains that are asked about at once: two dozen laptops with a few epochs each are one question.
constexpr std::uint32_t chains_max = 256;
// Names that an enrolling laptop tries when copies of it have taken them, before it asks for help.
constexpr int epoch_conflicts_max = 16;
// Keys that a county has had: one in a few years, and one after each restore from a backup.
constexpr std::uint32_t county_keys_max = 256;
// A statement about one key of the county: ours has 269 bytes.
constexpr std::size_t statement_bytes_max = 1024;
// A certificate (DER): ours have under 600 bytes.
constexpr std::size_t certificate_bytes_max = 4096;
// Photos that are asked about at once.
constexpr std::uint32_t attachment_names_max = 1024;
// A county receipt or checkpoint: ours have under 200 bytes.
constexpr std::size_t receipt_bytes_max = 1024;
// Runs of kept-but-not-shown operations that an answer lists; the rest is counted only.
constexpr std::uint32_t quarantined_ranges_max = 256;
// Connections at a county process at once: laptops of several counties, and as many strangers again. Each costs about
// 60 KiB.
constexpr std::size_t http_connections_max = 512;
// Of them from one address: an office's laptops often share one.
constexpr std::size_t http_connections_per_address_max = 128;
// Of one laptop: it uses one, and a link that was cut leaves another behind.
constexpr std::size_t http_connections_per_device_max = 4;
// Bodies that the county holds in memory at once, over all connections.
constexpr std::size_t http_bodies_bytes_max = 128 << 20;
// A body from somebody without a device certificate: an enrolment has under 1 KiB.
constexpr std::size_t http_stranger_body_bytes_max = 64 << 10;
// Requests that wait for a worker; more are told to come back.
constexpr std::size_t http_waiting_requests_max = 256;
// TLS handshake, with what a proxy says before it; round trips of 1.5 s take 5 s.
constexpr int http_handshake_timeout_s = 20;
// A request's header, from the handshake on.
constexpr int http_header_timeout_s = 20;
// Between two requests of one connection.
constexpr int http_idle_timeout_s = 60;
// A body, or an answer, must move: so many bytes a second (the poorest link measured brings 10 times that) in each
// stretch of so long, and be over after so long (1 MiB at 23 kbit/s takes 6 minutes).
constexpr int http_rate_min_bytes_per_s = 256;
constexpr int http_rate_grace_s = 20;
constexpr int http_request_timeout_s = 600;
// What a proxy says of a connection (PROXY protocol, version 2): 52 bytes and a few notes of its own.
constexpr std::size_t proxy_header_bytes_max = 1024;
// A laptop's request as a whole: a little longer than the county waits for its parts.
constexpr int link_request_timeout_s = 900;
// How long the county may ask a laptop to wait before the next try.
constexpr int retry_after_max_s = 3600;
// How long an enrolment code is good for: a week, so that an officer in the field has time to come to the office.
constexpr std::int64_t ticket_lifetime_ms = 7LL * 24 * 3600 * 1000;
// The name of a device or person.
constexpr std::size_t enrolled_name_characters_max = 100;
// Frames that a push may find waiting and still applies all of them before it is answered: some 50 ms of work.
constexpr std::uint32_t inline_apply_frames_max = 8;
// Frames that are applied in one transaction, and their bytes: a second of work at most.
constexpr std::uint32_t apply_frames_max = 64;
constexpr std::size_t apply_bytes_max = 8 << 20;
// What one device may ask for: requests in a burst, and each second from then on. A photo of 4 MB is 16 requests; a
// million operations are under 300.
constexpr std::int64_t device_requests_burst = 1000;
constexpr std::int64_t device_requests_per_s = 50;
// Of these a process takes so many at once, so that not every request writes to the store.
constexpr std::int64_t device_requests_lease = 50;
// When a laptop may try again after the disk was full: somebody has to make room first.
constexpr int no_space_retry_after_s = 600;
// Free bytes below which the county takes nothing more: enough to write down what it has, and to be noticed.
constexpr std::uint64_t disk_reserve_bytes = 512ULL << 20;
// A person's PIN or passphrase: six digits are typed in gloves.
constexpr std::size_t pin_bytes_min = 6;
constexpr std::size_t pin_bytes_max = 256;
// What one try of it costs (Argon2id, libsodium's interactive cost): some 0.1 s on a field laptop, without the memory
// that a laptop with little may not have.
constexpr std::uint32_t pin_passes = 2;
constexpr std::uint32_t pin_memory_kib = 64 << 10;
// What a key file may ask for: a later program may cost more, a damaged file must not hang this one.
constexpr std::uint32_t pin_passes_max = 16;
constexpr std::uint32_t pin_memory_kib_max = 1 << 20;
// A GPX file: a week of points at one a second has 80 MiB in the wordiest programs.
constexpr std::uint64_t gpx_bytes_max = 128ULL << 20;
// Photos of one folder that are imported at once: several days of two people.
constexpr std::size_t photos_of_import_max = 5000;
// A CSV of rules, checklists or registers that an office edits.
constexpr std::uint64_t csv_bytes_max = 8ULL << 20;
// Its columns: the widest register has under 60.
constexpr std::size_t csv_columns_max = 256;
// Its rows: the longest catalogue has hundreds; caps the cells that 8 MiB of commas would allocate.
constexpr std::size_t csv_rows_max = 50'000;
// A table that an office sends: hundreds of mines over ten years with pictures stay below 4 MiB.
constexpr std::uint64_t sheet_file_bytes_max = 16ULL << 20;
// All parts of an XLSX file that are read, unpacked: zip makes 1000 bytes of one.
constexpr std::uint64_t sheet_unpacked_bytes_max = 64ULL << 20;
// Cells that are held of one sheet, empty ones between others counted; its rows and columns as of a CSV.
constexpr std::size_t sheet_cells_max = 500'000;
// Texts of those cells together: many cells can point to one long text.
constexpr std::size_t sheet_text_bytes_max = 32 << 20;
// Parts of an XLSX file; ordinary ones have under 50.
constexpr std::int64_t sheet_parts_max = 10'000;
// Merged areas and number formats of one file.
constexpr std::size_t sheet_formats_max = 70'000;
// Parts of one condition, each worked out once when it is asked: the limit of its steps. The longest of ours has 40.
constexpr int condition_parts_max = 1'000;
// One condition of a rule; the longest of ours has 300 bytes and nests 4 deep.
constexpr std::size_t condition_bytes_max = 4000;
constexpr int condition_depth_max = 40;
// Combinations of unknown choices that are tried for one verdict: of 23 minerals, 2 methods, 3 states, 3 size classes,
// 3 dips and 3 kinds of rock there are 3,726.
constexpr std::size_t rule_trials_max = 10'000;
// Items of one checklist; ours have under 40.
constexpr std::size_t checklist_items_max = 1000;
// A typed pair of coordinates with its labels; the longest way to write one has about 80 bytes.
constexpr std::size_t position_text_bytes_max = 400;
// One NMEA line: the standard says 82, receivers send up to ~120; longer is noise and is skipped.
constexpr std::size_t nmea_line_bytes_max = 1024;
// Fields of one NMEA sentence: GSV, the longest of the standard's, has 21; more is noise.
constexpr std::size_t nmea_fields_max = 48;
// Fixes that are held at once when a recording is read whole: a day at 10 a second is 864,000.
constexpr std::size_t recording_fixes_max = 1'000'000;
// Corners of one outline, as many as geometry_bytes_max holds.
constexpr std::size_t ring_points_max = 100'000;
// A picture printed on a paper: thumbnails for half a page's width at 300 dpi stay below 1 MiB.
constexpr std::size_t picture_bytes_max = 2 << 20;
// Its sides; caps the pixels that are allocated for one (4 bytes each).
constexpr int picture_side_px_max = 4096;
// Pages of one paper: a visit with hundreds of points, answers and photos has under 60.
constexpr std::size_t report_pages_max = 1000;
// A script that presses the window's controls; a whole day's work is under 500 lines.
constexpr std::uint64_t window_script_bytes_max = 1ULL << 20;

}  // namespace kuangxun::limits
