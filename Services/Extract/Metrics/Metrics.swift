internal import Record
internal import Text

/// Fills `metrics` and `checks` of a document whose sections, sentences and entities are known.
func findMetrics(in record: inout DocumentRecord) {
  let glyphs = Glyphs(record.text)
  let quantities = QuantityFinder(glyphs, Zones(glyphs, record), .shared).all()
  let meaning = Meaning(quantities, glyphs, record)
  record.metrics = zip(meaning.frames, meaning.periods).map { Metric($0, period: $1, glyphs, record.text) }
  record.checks = meaning.checks
  placeMetrics(&record)
  let holders = Holders(glyphs, record)
  for (index, frame) in meaning.frames.enumerated() { record.metrics[index].holder = holders.holder(of: frame) }
}

/// Gives each quantity its sentence and section; both lists are in the order of the text.
private func placeMetrics(_ record: inout DocumentRecord) {
  var sentence = 0
  for index in record.metrics.indices {
    let start = record.metrics[index].span.lowerBound
    while sentence < record.sentences.count, record.sentences[sentence].span.upperBound <= start { sentence += 1 }
    guard sentence < record.sentences.count, record.sentences[sentence].span.contains(start) else { continue }
    record.metrics[index].sentence = sentence
    record.metrics[index].section = record.sentences[sentence].section
  }
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
