/// What META tags of the government sites' standard (国办发〔2017〕47号) and of general pages state.
///
///     ArticleTitle · PubDate · ContentSource · Author · SiteName · SiteIDCode · publishdate · article:published_time
func metaPairs(_ tree: PageTree) -> [Strip.Pair] {
  var pairs: [Strip.Pair] = []
  for (name, content) in tree.meta {
    guard let field = fields[name.lowercased()] else { continue }
    pairs.append(Strip.Pair(label: Vocabulary.Label(field: field, isStrong: true), value: content))
  }
  return pairs
}

private let fields: [String: Vocabulary.Field] = [
  "articletitle": .title, "pubdate": .published, "publishdate": .published, "contentsource": .source, "source": .source,
  "article:published_time": .published, "og:release_date": .published, "publish-date": .published,
  "datepublished": .published,
  "sitename": .siteName, "siteidcode": .siteCode,
  "author": .author, "contenteditor": .editors, "indexnumber": .indexNumber, "filenumber": .documentNumber,
]
