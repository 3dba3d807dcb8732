// tierscope_bench GRAPH [--benchmark_...]: the kernels behind the commands, each on the graph that is named.

#include <benchmark/benchmark.h>

#include <iostream>
#include <numeric>

#include "ask/cycles/cycles.hpp"
#include "ask/exposure/exposure.hpp"
#include "ask/exposure/revenue_flow.hpp"
#include "ask/money_flow.hpp"
#include "ask/shares.hpp"
#include "base/disk.hpp"
#include "model/view.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

std::optional<Model> load(const std::string& path) {
  DiskFiles files;
  Records records;
  read_graph(files, path, records);
  return build(records);
}

void per_relation(benchmark::State& state, const Model& model) {
  state.counters["relations"] =
      benchmark::Counter(static_cast<double>(model.relation_count()), benchmark::Counter::kIsIterationInvariantRate);
}

/// Wall time, and CPU time of all threads.
void once(benchmark::internal::Benchmark* made) {
  made->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
}

/// What a solver of linear systems does, given the matrix: one customer, many at once, and the same many one by one.
void add_solvers(const AbsorbingSystem& system) {
  std::vector<std::uint32_t> targets(std::min<std::size_t>(100, system.states()));
  std::iota(targets.begin(), targets.end(), 0U);
  once(benchmark::RegisterBenchmark("solve", [&](benchmark::State& state) {
    double error = 0;
    for (auto _ : state) error = Absorber(system).solve(0).error;
    state.counters["error"] = error;
  }));
  once(benchmark::RegisterBenchmark("solve 100", [&, targets](benchmark::State& state) {
    double sum = 0;
    for (auto _ : state)
      Absorber(system).solve(targets, [&](std::size_t, const Absorption& solved) { sum += solved.x[0][0]; });
    benchmark::DoNotOptimize(sum);
  }));
  once(benchmark::RegisterBenchmark("solve 100 singly", [&, targets](benchmark::State& state) {
    for (auto _ : state)
      for (const std::uint32_t target : targets) benchmark::DoNotOptimize(Absorber(system).solve(target));
  }));
  once(benchmark::RegisterBenchmark("solve 100 singly, one order", [&, targets](benchmark::State& state) {
    for (auto _ : state) {
      const Absorber absorber(system);
      for (const std::uint32_t target : targets) benchmark::DoNotOptimize(absorber.solve(target));
    }
  }));
}

void add_kernels(const std::string& path, const Model& model, const Model& seen, const RevenueLinks& links) {
  once(benchmark::RegisterBenchmark("read and build", [&, path](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(load(path));
    per_relation(state, model);
  }));
  once(benchmark::RegisterBenchmark("view", [&](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(view(model, {}));
    per_relation(state, model);
  }));
  once(benchmark::RegisterBenchmark("revenue links", [&](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(RevenueLinks(seen));
    per_relation(state, model);
  }));
  once(benchmark::RegisterBenchmark("exposure", [&](benchmark::State& state) {
    ExposureParams params;
    params.to = seen.id(0);
    for (auto _ : state) benchmark::DoNotOptimize(exposure(seen, links, params));
    per_relation(state, model);
  }));
  once(benchmark::RegisterBenchmark("money flow", [&](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(MoneyFlow(seen));
    per_relation(state, model);
  }));
  once(benchmark::RegisterBenchmark("loops up to 3, counted", [&](benchmark::State& state) {
    const MoneyFlow flow(seen);
    const std::vector<std::uint8_t> marks(flow.graph().edge_count(), 1);
    CycleCounts counts;
    for (auto _ : state) count_cycles(flow.graph(), CycleSearch{3, {}, {}}, marks, counts);
    per_relation(state, model);
  }));
}

}  // namespace
}  // namespace tierscope::core

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::cerr << "usage: tierscope_bench GRAPH [--benchmark_filter=REGEX ...]\n";
    return 2;
  }
  const auto model = tierscope::core::load(argv[1]);
  if (!model || model->company_count() == 0) {
    std::cerr << "tierscope_bench: the graph has errors or no company; tierscope check tells\n";
    return 1;
  }
  tierscope::core::ViewParams active;
  active.statuses = tierscope::core::StatusSet::of(tierscope::core::Status::active);
  const tierscope::core::Model seen = tierscope::core::view(*model, active);
  const tierscope::core::RevenueLinks links(seen);
  const tierscope::core::RevenueFlow flow(seen, links);
  tierscope::core::add_solvers(flow.system());
  tierscope::core::add_kernels(argv[1], *model, seen, links);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
