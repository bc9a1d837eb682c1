internal import Record
internal import Text

extension Explanation {
  /// The explanation for people: facts, then the text piece by piece with its findings below, then checks and notes.
  func text(_ paint: Paint) -> String {
    var lines = heading(paint)
    for unit in units {
      lines += unit.sections.map { section(record.sections[$0], $0, paint) }
      lines.append(painted(unit, paint))
      lines += unit.metrics.map { "    " + metric(record.metrics[$0], $0, paint) }
      lines += unit.entities.map { "    " + entity(record.entities[$0], $0, paint) }
    }
    lines += checks(paint)
    lines += record.diagnostics.map { "note  \($0.stage): \($0.code): \($0.message)" }
    lines += record.chrome.map { "left out  [\($0.reason.rawValue)] \($0.text.replacing("\n", with: " ⏎ "))" }
    return lines.map { $0 + "\n" }.joined()
  }

  private func heading(_ paint: Paint) -> [String] {
    let facts = record.document
    let issuer = facts.issuer.map { issuer in
      issuer.name + (issuer.code.map { " (\($0))" } ?? "")
    }
    let words = [
      facts.kind?.rawValue, issuer, facts.reportYear.map { "on \($0)" }, facts.published.map { "published \($0)" },
      facts.documentNumber,
    ]
    let counts = """
      \(record.sections.count) sections, \(record.sentences.count) sentences, \(record.entities.count) entities, \
      \(record.metrics.count) metrics, \(record.checks.count) checks
      """
    return [
      paint(facts.title ?? record.source.uri, .title), words.compactMap(\.self).joined(separator: " · "), counts, "",
    ].filter { $0 != "" || facts.title != nil }
  }

  private func section(_ section: Section, _ place: Int, _ paint: Paint) -> String {
    let indent = String(repeating: "  ", count: section.level - 1)
    let speaker = section.speaker.map { " (\($0))" } ?? ""
    return "\n" + paint("\(indent)s\(place + 1) \(section.label)\(section.heading)\(speaker)", .heading)
  }

  /// The words of a unit with its findings in colour.
  private func painted(_ unit: Unit, _ paint: Paint) -> String {
    let found =
      unit.entities.map { (record.entities[$0].span, Paint.Style.entity) }
      + unit.metrics.map { (record.metrics[$0].span, Paint.Style.metric) }
    var result = ""
    var place = unit.span.lowerBound
    for (span, style) in found.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) where span.lowerBound >= place {
      result += record.text[place..<span.lowerBound] + paint(record.text[span], style)
      place = span.upperBound
    }
    return result + (place < unit.span.upperBound ? record.text[place..<unit.span.upperBound] : "")
  }

  private func metric(_ metric: Metric, _ place: Int, _ paint: Paint) -> String {
    let amount =
      switch metric.amount {
      case .value(let value): "\(value)"
      case .range(let low, let high): "\(low)…\(high)"
      }
    let unit = metric.unit.isEmpty ? "" : " \(metric.unit)"
    let facts = [
      metric.name, metric.kind.rawValue, metric.bound == .exact ? nil : metric.bound.rawValue, metric.status.rawValue,
      metric.period, metric.scope.map { "of \($0)" }, metric.holder.map { "holder e\($0 + 1)" },
      metric.partOf.map { "part of m\($0 + 1)" }, metric.from.map { "from m\($0 + 1)" }, metric.direction,
      metric.indicator,
    ]
    let words = "m\(place + 1) \(record.text[metric.span]) = \(amount)\(unit)"
    return paint(words, .metric) + " · " + facts.compactMap(\.self).joined(separator: " · ") + rule(metric.rule, paint)
  }

  private func entity(_ entity: Entity, _ place: Int, _ paint: Paint) -> String {
    let facts = [
      entity.canonical.map { "= \($0)" }, entity.code, entity.title, entity.documentClass, entity.version,
      entity.isDamaged ? "damaged" : nil, entity.isMobile ? "mobile" : nil,
    ]
    let words = "e\(place + 1) \(entity.kind.rawValue) \(record.text[entity.span])"
    return ([paint(words, .entity)] + facts.compactMap(\.self)).joined(separator: " ") + rule(entity.rule, paint)
  }

  private func rule(_ id: String, _ paint: Paint) -> String { id.isEmpty ? "" : "  " + paint("← \(id)", .rule) }

  private func checks(_ paint: Paint) -> [String] {
    record.checks.map { check in
      let ids = check.metrics.map { "m\($0 + 1) \(record.text[record.metrics[$0].span])" }
      let left = ids.first ?? ""
      let right = ids.dropFirst().joined(separator: check.kind == .sum ? " + " : ", ")
      let words =
        "check  \(check.kind.rawValue) \(left): \(right): computed \(check.computed), stated \(check.stated): "
      return words + paint(check.verdict.rawValue, check.verdict == .inconsistent ? .bad : .good)
    }
  }
}
