internal import Record

/// Fills `metrics` and `checks` of a document whose sections, sentences and entities are known.
func findMetrics(in record: inout DocumentRecord) {
  let glyphs = Glyphs(record.text)
  let quantities = QuantityFinder(glyphs, Zones(glyphs, record), QuantityWords.shared).all()
  record.metrics = quantities.map { quantity in
    var metric = Metric(
      glyphs.bytes(quantity.range), quantity.amount, unit: quantity.unit, kind: quantity.kind, rule: quantity.rule)
    metric.bound = quantity.bound
    return metric
  }
}
