/// What a character means in a numeral, by one look-up.
enum Sign {
  /// A digit of value n is `digit + n`; the formal forms of the ledgers (壹 贰) carry `formal` too.
  static let digit: UInt8 = 1
  static let ten: UInt8 = 20
  static let hundred: UInt8 = 21
  static let thousand: UInt8 = 22
  static let tenThousand: UInt8 = 23
  static let hundredMillion: UInt8 = 24
  static let trillion: UInt8 = 25
  static let minus: UInt8 = 30
  /// 几, 数: a digit left open.
  static let open: UInt8 = 31
  static let half: UInt8 = 32
  static let point: UInt8 = 33
  static let formal: UInt8 = 0x80

  /// The meaning of a character: 0 for none.
  static func of(_ scalar: UInt32) -> UInt8 { scalar < 0x10000 ? table[Int(scalar)] : 0 }

  static func digitValue(_ sign: UInt8) -> Int? {
    let plain = sign & ~formal
    return plain >= digit && plain < digit + 10 ? Int(plain - digit) : nil
  }

  static func isMagnitude(_ sign: UInt8) -> Bool {
    let plain = sign & ~formal
    return plain >= ten && plain <= trillion
  }

  /// The power of ten of a magnitude.
  static func exponent(_ sign: UInt8) -> Int {
    switch sign & ~formal {
    case ten: 1
    case hundred: 2
    case thousand: 3
    case tenThousand: 4
    case hundredMillion: 8
    default: 12
    }
  }

  private static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 0x10000)
    func set(_ characters: String, _ sign: UInt8) {
      for scalar in characters.unicodeScalars { table[Int(scalar.value)] = sign }
    }
    let plain = ["零〇○", "一", "二两兩俩倆", "三", "四", "五", "六", "七", "八", "九"]
    let formal = ["", "壹", "贰貳", "叁參叄", "肆", "伍", "陆陸", "柒", "捌", "玖"]
    for value in 0..<10 {
      set(plain[value], digit + UInt8(value))
      set(formal[value], (digit + UInt8(value)) | Self.formal)
      set(String(value), digit + UInt8(value))
    }
    set("十", ten)
    set("拾", ten | Self.formal)
    set("百", hundred)
    set("佰", hundred | Self.formal)
    set("千", thousand)
    set("仟", thousand | Self.formal)
    set("万萬", tenThousand)
    set("亿億", hundredMillion)
    set("兆", trillion)
    set("负", minus)
    set("几数數", open)
    set("半", half)
    set(".-", point)
    return table
  }()
}
