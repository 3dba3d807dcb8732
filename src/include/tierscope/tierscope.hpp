#pragma once
// The whole library:
//
//     auto graph = tierscope::load({"graphs/bytedance"});
//     auto answer = tierscope::exposure(*graph, {.view = {}, .to = {"bytedance"}});
//     for (const auto& row : answer->results) …  // row.supplier.id, row.total, row.sources
//     tierscope::write(*tierscope::any(*answer), "json", {}, std::cout);
//
// Answers keep what their rows point into; a row is valid until the next. Models and answers are immutable and may be
// read from several threads. Nothing throws on data: a Result has a value or problems. Want of memory is
// std::bad_alloc, but for a Cursor, whose Next says it.

#include <tierscope/arrow.hpp>
#include <tierscope/check.hpp>
#include <tierscope/chokepoints.hpp>
#include <tierscope/concentration.hpp>
#include <tierscope/cycles.hpp>
#include <tierscope/dependence.hpp>
#include <tierscope/draw.hpp>
#include <tierscope/exposure.hpp>
#include <tierscope/import.hpp>
#include <tierscope/inquiry.hpp>
#include <tierscope/list.hpp>
#include <tierscope/model.hpp>
#include <tierscope/owners.hpp>
#include <tierscope/paths.hpp>
#include <tierscope/shock.hpp>
#include <tierscope/show.hpp>
#include <tierscope/write.hpp>
