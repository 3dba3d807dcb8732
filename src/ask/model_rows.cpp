#include <tierscope/model.hpp>

#include "ask/rows.hpp"

namespace tierscope {

Table<CompanyRow> Model::companies() const {
  return core::rows_of<CompanyRow>(company_count(), [model = inside_](std::size_t i, CompanyRow& row) {
    core::fill(*model, model->company(static_cast<core::CompanyIndex>(i)), row);
  });
}

Table<RelationRow> Model::relations() const {
  return core::rows_of<RelationRow>(relation_count(), [model = inside_](std::size_t i, RelationRow& row) {
    core::fill(*model, model->relation(i), row);
  });
}

Table<SourceRow> Model::sources() const {
  return core::rows_of<SourceRow>(inside_->sources().size(), [model = inside_](std::size_t i, SourceRow& row) {
    const core::Source& source = model->sources()[i];
    row = {model->text(source.id),    model->text(source.title), model->text(source.publisher),
           model->text(source.date),  model->text(source.url),   model->text(source.language),
           model->place(source.place)};
  });
}

}  // namespace tierscope
