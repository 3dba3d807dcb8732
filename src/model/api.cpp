#include <tierscope/model.hpp>

#include "model/model.hpp"

namespace tierscope {

Model::Model(std::shared_ptr<core::Model> inside) : inside_(std::move(inside)) {}
std::size_t Model::company_count() const { return inside_->company_count(); }
std::size_t Model::relation_count() const { return inside_->relation_count(); }
const std::vector<std::string>& Model::graphs() const { return inside_->rest().graphs; }

std::string_view version() { return TIERSCOPE_VERSION; }

}  // namespace tierscope
