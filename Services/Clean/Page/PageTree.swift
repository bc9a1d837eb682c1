/// A page as elements and pieces of text in document order: an element's descendants follow it up to its `end`.
struct PageTree {
  struct Node {
    var tag: Tag
    var parent: Int
    /// The index behind its last descendant.
    var end: Int
    /// For text, its bytes in `text`; for an element, what marks read of it in `names`, in lower case: its own name where HTML
    /// knows none such, its class and its id.
    var range: Range<Int>
    var isHidden = false
  }

  var nodes: [Node] = []
  var text: [UInt8] = []
  var names: [UInt8] = []
  /// The `name` or `property` and the `content` of META tags, in order.
  var meta: [(name: String, content: String)] = []
  /// The words of the TITLE element.
  var title: [UInt8] = []

  /// The children of an element, in order.
  func children(of node: Int) -> [Int] {
    var children: [Int] = []
    var child = node + 1
    while child < nodes[node].end {
      children.append(child)
      child = nodes[child].end
    }
    return children
  }
}

/// The elements that the rules tell apart.
enum Tag: UInt8 {
  case text, a, article, aside, blockquote, body, br, button, dd, div, dl, dt, figcaption, figure, footer, form, h1, h2,
    h3, h4, h5, h6, head,
    header, hr, html, img, inline, li, main, nav, ol, p, pre, section, select, skipped, span, table, tbody, td, th,
    title, tr, ul, block

  /// The element of a name; names that mean nothing here are `inline`, as browsers show them.
  init(_ name: NameHash) { self = Self.names[name] ?? .inline }

  private static let names = NameTable<Tag>([
    "a": .a, "article": .article, "aside": .aside, "blockquote": .blockquote, "body": .body, "br": .br,
    "button": .button, "dd": .dd,
    "div": .div, "dl": .dl, "dt": .dt, "figcaption": .figcaption, "figure": .figure, "footer": .footer, "form": .form,
    "h1": .h1, "h2": .h2,
    "h3": .h3, "h4": .h4, "h5": .h5, "h6": .h6, "head": .head, "header": .header, "hr": .hr, "html": .html, "img": .img,
    "li": .li,
    "main": .main, "nav": .nav, "ol": .ol, "p": .p, "pre": .pre, "section": .section, "select": .select, "span": .span,
    "table": .table,
    "tbody": .tbody, "td": .td, "th": .th, "title": .title, "tr": .tr, "ul": .ul, "script": .skipped, "style": .skipped,
    "template": .skipped, "noscript": .skipped, "svg": .skipped, "iframe": .skipped, "object": .skipped,
    "applet": .skipped,
    "canvas": .skipped, "audio": .skipped, "video": .skipped, "textarea": .skipped, "math": .skipped,
    "option": .skipped,
    "address": .block, "center": .block, "caption": .block, "details": .block, "summary": .block, "fieldset": .block,
    "legend": .block,
    "dir": .block, "menu": .block, "thead": .tbody, "tfoot": .tbody, "optgroup": .skipped, "frameset": .block,
    "noframes": .skipped,
  ])

  var isHeading: Bool { Tag.h1.rawValue...Tag.h6.rawValue ~= rawValue }

  /// Whether a line starts before and behind it.
  var isBlock: Bool {
    switch self {
    case .text, .a, .button, .img, .inline, .span, .br, .skipped, .select, .title, .head: false
    default: true
    }
  }
}
