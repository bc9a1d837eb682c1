internal import Record
internal import Text

/// Fills `metrics` and `checks` of a document whose sections, sentences and entities are known.
func findMetrics(in record: inout DocumentRecord) {
  let glyphs = Glyphs(record.text)
  let quantities = QuantityFinder(glyphs, Zones(glyphs, record), .shared).all()
  let meaning = Meaning(quantities, glyphs, record)
  record.metrics = zip(meaning.frames, meaning.periods).map { Metric($0, period: $1, glyphs, record.text) }
  record.checks = meaning.checks
}

extension Metric {
  init(_ frame: Frame, period: String?, _ glyphs: Glyphs, _ text: DocumentText) {
    let quantity = frame.quantity
    self.init(glyphs.bytes(quantity.range), quantity.amount, unit: quantity.unit, kind: quantity.kind)
    bound = quantity.bound
    status = frame.status
    from = frame.from
    partOf = frame.partOf
    self.period = period
    indicator = Indicators.shared.indicator(frame, glyphs)
    if !frame.name.isEmpty { name = frame.name.text(glyphs, text) }
    if let words = frame.scope { scope = text[glyphs.bytes(words)] }
    if frame.direction != .none { direction = frame.direction.rawValue }
    rule = ([quantity.rule] + frame.rules).joined(separator: "+")
  }
}
