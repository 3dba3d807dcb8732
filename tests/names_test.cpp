// Companies as people name them.

#include "model/names.hpp"

#include <doctest/doctest.h>

#include "model_of.hpp"

using namespace tierscope::core;

namespace {

const Model& graph() {
  static const Model model = model_of("from,to,kind\nbytedance,nvidia,supplies\n",
                                      "id,name,name_local,ticker\n"
                                      "bytedance,ByteDance,字节跳动,\n"
                                      "chindata,Chindata / Qinhuai Data (China),秦淮数据,CD\n"
                                      "amazon,Amazon (AWS),,AMZN\n"
                                      "nvidia,NVIDIA,英伟达,NVDA\n"
                                      "sk-hynix,SK hynix Inc.,,000660.KS\n"
                                      "LG Energy Solution,,,\n"
                                      "putailai,Putailai,璞泰来,603659.SH\n"
                                      "samsung,Samsung,,\n"
                                      "samsung-sdi,Samsung SDI,,\n"
                                      "foo,\"Foo, Bar and Sons\",,\n"
                                      "ab,AB,,\n");
  return model;
}

std::string id_of(const char* word) {
  try {
    return std::string(graph().id(find_company(graph(), word)));
  } catch (const Question& question) {
    return question.what();
  }
}

std::string ids_of(const std::vector<std::string>& texts) {
  std::string ids;
  for (const CompanyIndex v : find_companies(graph(), texts)) ids += std::string(graph().id(v)) + ";";
  return ids;
}

}  // namespace

TEST_CASE("a company is named by its id, ticker, name or local name, in any case and width") {
  for (const char* word : {"nvidia", "NVIDIA", "ＮＶｉｄｉａ", "nvda", "英伟达"}) CHECK(id_of(word) == "nvidia");
  CHECK(id_of("samsung") == "samsung");  // and not Samsung SDI, of which it is a part
}

TEST_CASE("a company is named by what is part of its names alone") {
  CHECK(id_of("byte") == "bytedance");
  CHECK(id_of("字节") == "bytedance");
  CHECK(id_of("LG") == "LG Energy Solution");
  CHECK(id_of("lg energy") == "LG Energy Solution");
  CHECK(id_of("qinhuai") == "chindata");
  CHECK(id_of("aws") == "amazon");
  CHECK(id_of("603659") == "putailai");
  CHECK(id_of("sdi") == "samsung-sdi");
}

TEST_CASE("a company is named without the form of the company, and with another one") {
  CHECK(id_of("nvidia corp") == "nvidia");
  CHECK(id_of("Nvidia Corporation") == "nvidia");
  CHECK(id_of("sk hynix") == "sk-hynix");
  CHECK(id_of("samsung ltd") == "samsung");
}

TEST_CASE("nobody guesses between two companies, nor takes one for another of a longer name") {
  CHECK(id_of("sam") == "'sam' names several companies: samsung (Samsung), samsung-sdi (Samsung SDI); give the id");
  CHECK(id_of("samsung electronics") == "no company 'samsung electronics' in the graph");
  CHECK(id_of("lges") == "no company 'lges' in the graph");
  CHECK(id_of("nvidai") == "no company 'nvidai' in the graph; did you mean 'nvidia'?");
  CHECK(id_of("z") == "no company 'z' in the graph");  // a letter of amazon
  CHECK(id_of("") == "no company '' in the graph");
  std::string companies = "id,name\n";
  for (const char c : std::string("abcdefghijkl")) companies += std::string(1, c) + "1,Fund\n";
  const Model many = model_of("from,to,kind\n", companies);
  CHECK_THROWS_WITH(find_company(many, "fund"),
                    "'fund' names several companies: a1 (Fund), b1 (Fund), c1 (Fund), d1 (Fund), e1 (Fund), f1 (Fund), "
                    "g1 (Fund), h1 (Fund), i1 (Fund), j1 (Fund) and 2 more; give the id");
}

TEST_CASE("a list of companies is split at commas where it is no name itself") {
  CHECK(ids_of({"nvidia", "aws"}) == "nvidia;amazon;");
  CHECK(ids_of({"nvidia, aws ,,byte"}) == "nvidia;amazon;bytedance;");
  CHECK(ids_of({"Foo, Bar and Sons", "nvidia,NVDA"}) == "foo;nvidia;");
  CHECK(ids_of({"nvidia, Inc."}) == "nvidia;");
  CHECK(ids_of({}) == "");
  CHECK_THROWS_WITH(ids_of({"a,b"}), "no company 'a' in the graph");  // and not AB
  CHECK_THROWS_WITH(ids_of({"nvidia,sam"}),
                    "'sam' names several companies: samsung (Samsung), samsung-sdi (Samsung SDI); give the id");
}
