private import Text

/// The name of the record's schema, its first member.
package let recordSchema = "gongwen.record/1"

extension DocumentRecord {
  /// The stages whose members a record has.
  package enum Extent: Sendable { case clean, segment, extract }

  /// The record as one line of JSON without the line's end, members in the contract's order, offsets in code points.
  ///
  /// - Parameters:
  ///   - run: the members that may differ between two runs.
  ///   - extra: layers of other stages, each a JSON value under its layer's name, before `run`.
  ///   - extent: the last stage whose members are written.
  package func line(
    run: RunFacts, extra: [(name: String, json: [UInt8])] = [], through extent: Extent = .extract
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", recordSchema)
      json.member("id", id)
      writeSource(&json)
      writeDocument(&json)
      json.key("text")
      json.string(text.bytes[...])
      writeChrome(&json)
      if extent != .clean {
        writeSections(&json)
        writeSentences(&json)
      }
      if extent == .extract {
        writeEntities(&json)
        writeMetrics(&json)
        writeChecks(&json)
      }
      writeDiagnostics(&json)
      for layer in extra {
        json.key(layer.name)
        json.raw(layer.json)
      }
      json.key("run")
      run.write(&json)
    }
    return json.bytes
  }

  func writeSource(_ json: inout JSONWriter) {
    json.key("source")
    source.write(&json)
  }

  func writeDocument(_ json: inout JSONWriter) {
    json.key("document")
    document.write(&json)
  }

  func writeChrome(_ json: inout JSONWriter) {
    json.member("chrome", chrome) { json, piece in
      json.object {
        $0.member("text", piece.text)
        $0.member("reason", piece.reason.rawValue)
      }
    }
  }

  func writeSections(_ json: inout JSONWriter) {
    json.member("sections", sections.indices) { json, index in
      let section = sections[index]
      json.object {
        $0.member("id", "s\(index + 1)")
        $0.member("parent", section.parent.map { "s\($0 + 1)" })
        $0.member("level", section.level)
        $0.member("label", section.label)
        $0.member("number", section.number)
        $0.member("heading", section.heading)
        write(section.span, &$0)
        $0.member("speaker", section.speaker)
      }
    }
  }

  func writeSentences(_ json: inout JSONWriter) {
    json.member("sentences", sentences) { json, sentence in
      json.object {
        write(sentence.span, &$0)
        $0.member("section", sentence.section.map { "s\($0 + 1)" })
      }
    }
  }

  private func writeEntities(_ json: inout JSONWriter) {
    json.member("entities", entities.indices) { json, index in
      let entity = entities[index]
      json.object {
        $0.member("id", "e\(index + 1)")
        $0.member("type", entity.kind.rawValue)
        write(entity.span, &$0)
        $0.key("text")
        $0.string(text.bytes[entity.span])
        $0.member("canonical", entity.canonical)
        $0.member("code", entity.code)
        $0.member("title", entity.title)
        $0.member("class", entity.documentClass)
        $0.member("version", entity.version)
        $0.flag("damaged", entity.isDamaged)
        $0.flag("mobile", entity.isMobile)
      }
    }
  }

  private func writeMetrics(_ json: inout JSONWriter) {
    json.member("metrics", metrics.indices) { json, index in
      let metric = metrics[index]
      json.object {
        $0.member("id", "m\(index + 1)")
        write(metric.span, &$0)
        $0.key("text")
        $0.string(text.bytes[metric.span])
        switch metric.amount {
        case .value(let value): $0.member("value", value)
        case .range(let low, let high):
          $0.member("low", low)
          $0.member("high", high)
        }
        $0.member("unit", metric.unit)
        $0.member("kind", metric.kind.rawValue)
        $0.member("bound", metric.bound.rawValue)
        $0.member("status", metric.status.rawValue)
        $0.member("name", metric.name)
        $0.member("holder", metric.holder.map { "e\($0 + 1)" })
        $0.member("scope", metric.scope)
        $0.member("period", metric.period)
        $0.member("part_of", metric.partOf.map { "m\($0 + 1)" })
        $0.member("from", metric.from.map { "m\($0 + 1)" })
        $0.member("direction", metric.direction)
        $0.member("indicator", metric.indicator)
        $0.member("section", metric.section.map { "s\($0 + 1)" })
        $0.member("sentence", metric.sentence)
      }
    }
  }

  private func writeChecks(_ json: inout JSONWriter) {
    json.member("checks", checks) { json, check in
      json.object {
        $0.member("kind", check.kind.rawValue)
        $0.member("metrics", check.metrics) { $0.string("m\($1 + 1)") }
        $0.member("computed", check.computed)
        $0.member("stated", check.stated)
        $0.member("verdict", check.verdict.rawValue)
      }
    }
  }

  func writeDiagnostics(_ json: inout JSONWriter) {
    json.member("diagnostics", diagnostics) { $1.write(&$0) }
  }

  /// The one place where bytes become code points.
  private func write(_ span: Range<Int>, _ json: inout JSONWriter) {
    json.member("start", text.codePoint(atByte: span.lowerBound))
    json.member("end", text.codePoint(atByte: span.upperBound))
  }
}

extension Source {
  package func write(_ json: inout JSONWriter) { json.object { writeMembers(&$0) } }

  func writeMembers(_ json: inout JSONWriter) {
    json.member("uri", uri)
    json.member("media_type", mediaType)
    json.member("charset", charset)
    json.member("bytes", bytes)
    json.member("sha256", sha256)
    json.member("final_uri", finalURI)
    json.member("status", status)
    json.member("etag", etag)
    json.member("last_modified", lastModified)
  }
}

extension Diagnostic {
  func write(_ json: inout JSONWriter) {
    json.object {
      $0.member("stage", stage)
      $0.member("code", code)
      $0.member("message", message)
    }
  }
}

extension DocumentFacts {
  package func write(_ json: inout JSONWriter) {
    json.object {
      $0.member("title", title)
      $0.member("kind", kind?.rawValue)
      if let issuer {
        $0.key("issuer")
        issuer.write(&$0)
      }
      $0.member("report_year", reportYear)
      $0.member("published", published)
      $0.member("written", written)
      $0.member("document_number", documentNumber)
      $0.member("index_number", indexNumber)
      $0.member("validity", validity)
      $0.member("disclosure", disclosure)
      $0.member("category", category)
      $0.member("publisher", publisher)
      $0.member("source", source)
      if !reporters.isEmpty { $0.member("reporters", reporters) { $0.string($1) } }
      if !editors.isEmpty { $0.member("editors", editors) { $0.string($1) } }
      $0.member("views", views)
    }
  }
}

extension DocumentFacts.Issuer {
  package func write(_ json: inout JSONWriter) {
    json.object {
      $0.member("name", name)
      $0.member("region", region)
      $0.member("code", code)
      $0.member("level", level?.rawValue)
    }
  }
}
