internal import Record

/// Fills `metrics` and `checks` of a document whose sections, sentences and entities are known.
func findMetrics(in record: inout DocumentRecord) {}
