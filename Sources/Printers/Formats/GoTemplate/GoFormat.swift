import Value

/// `fmt.Sprint` and `fmt.Sprintf` over the values of a template.
enum GoFormat {
    /// `%v` of one value.
    static func plain(_ item: GoItem) -> String { GoSyntax.plain(item.value ?? .null) }

    /// `fmt.Sprint`: a blank between two that are both no strings.
    static func print(_ items: [GoItem]) -> String {
        var text = ""
        for (index, item) in items.enumerated() {
            if index > 0, item.value?.string == nil, items[index - 1].value?.string == nil {
                text += " "
            }
            text += plain(item)
        }
        return text
    }

    /// `fmt.Sprintf`, with its complaints in the text where verbs and values do not match.
    static func format(_ format: String, _ items: [GoItem]) -> String {
        var text = String.UnicodeScalarView()
        var rest = format.unicodeScalars[...]
        var used = 0
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                text.append(scalar)
                continue
            }
            var verb = GoVerb()
            verb.readFlags(&rest)
            verb.readWidth(&rest, items, &used)
            guard let letter = rest.popFirst() else {
                text.append(contentsOf: "%!(NOVERB)".unicodeScalars)
                break
            }
            verb.letter = letter
            if letter == "%" {
                text.append("%")
            } else if used < items.count {
                text.append(contentsOf: verb.text(items[used]).unicodeScalars)
                used += 1
            } else {
                text.append(contentsOf: "%!\(letter)(MISSING)".unicodeScalars)
            }
        }
        if used < items.count {
            let extra = items[used...].map { item in
                item.value?.isNull ?? true ? "<nil>" : "\(item.typeName)=\(plain(item))"
            }
            text.append(contentsOf: "%!(EXTRA \(extra.joined(separator: ", ")))".unicodeScalars)
        }
        return String(text)
    }
}

/// One verb of a format with its flags.
struct GoVerb {
    var letter: Unicode.Scalar = "v"
    private var plus = false
    private var minus = false
    private var sharp = false
    private var space = false
    private var zero = false
    private var width: Int?
    private var precision: Int?

    private static let maximumWidth = 100_000

    mutating func readFlags(_ rest: inout Substring.UnicodeScalarView) {
        while let flag = rest.first {
            switch flag {
            case "+": plus = true
            case "-": minus = true
            case "#": sharp = true
            case " ": space = true
            case "0": zero = true
            default: return
            }
            rest.removeFirst()
        }
    }

    /// width := [ number | "*" ] [ "." [ number | "*" ] ]
    mutating func readWidth(
        _ rest: inout Substring.UnicodeScalarView, _ items: [GoItem], _ used: inout Int
    ) {
        width = Self.number(&rest, items, &used)
        if let width, width < 0 {
            minus = true
            self.width = -width
        }
        guard rest.first == "." else { return }
        rest.removeFirst()
        precision = max(0, Self.number(&rest, items, &used) ?? 0)
    }

    private static func number(
        _ rest: inout Substring.UnicodeScalarView, _ items: [GoItem], _ used: inout Int
    ) -> Int? {
        if rest.first == "*" {
            rest.removeFirst()
            guard used < items.count else { return nil }
            used += 1
            return items[used - 1].value?.int.map { max(-maximumWidth, min(maximumWidth, $0)) }
        }
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(String(digits)).map { min(maximumWidth, $0) }
    }

    func text(_ item: GoItem) -> String {
        guard let value = item.value, !value.isNull else {
            return letter == "v"
                ? pad("<nil>") : letter == "T" ? pad("<nil>") : "%!\(letter)(<nil>)"
        }
        if letter == "T" { return pad(item.typeName) }
        switch value {
        case .array(let values):
            if letter == "v", sharp { return GoSyntax.literal(value) }
            return "[" + values.map { text(element: $0) }.joined(separator: " ") + "]"
        case .object(let object):
            if letter == "v", sharp { return GoSyntax.literal(value) }
            let fields = object.sortedByName.map {
                text(GoItem.text($0.key.name)) + ":" + text(element: $0.value)
            }
            return "map[" + fields.joined(separator: " ") + "]"
        case .text(let string): return self.string(string.string, item)
        case .int(let number): return integer(number, item)
        case .double(let number): return float(number, item)
        case .bool(let flag):
            return letter == "v" || letter == "t" ? pad(flag ? "true" : "false") : bad(item)
        case .null, .opaque: return pad(GoSyntax.plain(value))
        }
    }

    /// An element of a container, in which null has no complaint.
    private func text(element: Value) -> String {
        element.isNull ? "<nil>" : text(GoItem(value: element))
    }

    private func bad(_ item: GoItem) -> String {
        "%!\(letter)(\(item.typeName)=\(GoFormat.plain(item)))"
    }

    /// Filled up to the width: blanks on the left, or on the right with `-`, or zeros.
    private func pad(_ text: String, zeros: Bool = false) -> String {
        let missing = (width ?? 0) - text.unicodeScalars.count
        guard missing > 0 else { return text }
        if minus { return text + String(repeating: " ", count: missing) }
        guard zeros else { return String(repeating: " ", count: missing) + text }
        let sign = text.prefix { $0 == "-" || $0 == "+" || $0 == " " }
        return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
    }

    private func string(_ string: String, _ item: GoItem) -> String {
        var shown = string
        if let precision, letter != "x", letter != "X" {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: string.unicodeScalars.prefix(precision))
            shown = String(view)
        }
        switch letter {
        case "v" where sharp: return pad(GoSyntax.quoted(shown))
        case "v", "s": return pad(shown, zeros: zero)
        case "q":
            let canBeRaw = sharp && !shown.contains("`") && !shown.contains("\n")
            return pad(canBeRaw ? "`\(shown)`" : GoSyntax.quoted(shown))
        case "x", "X":
            let bytes = precision.map { Array(string.utf8.prefix($0)) } ?? Array(string.utf8)
            let digits = bytes.map { byte -> String in
                let text = String(byte, radix: 16, uppercase: letter == "X")
                return text.utf8.count == 1 ? "0" + text : text
            }
            return pad((sharp ? "0\(letter)" : "") + digits.joined(separator: space ? " " : ""))
        default: return bad(item)
        }
    }

    private func integer(_ number: Int64, _ item: GoItem) -> String {
        func digits(_ radix: Int, _ prefix: String = "") -> String {
            var text = String(number.magnitude, radix: radix, uppercase: letter == "X")
            if let precision, text.utf8.count < precision {
                text = String(repeating: "0", count: precision - text.utf8.count) + text
            }
            let sign = number < 0 ? "-" : plus ? "+" : space ? " " : ""
            return pad(
                sign + (sharp || letter == "O" ? prefix : "") + text,
                zeros: zero && precision == nil)
        }
        switch letter {
        case "v", "d": return digits(10)
        case "b": return digits(2, "0b")
        case "o": return digits(8, "0")
        case "O": return digits(8, "0o")
        case "x": return digits(16, "0x")
        case "X": return digits(16, "0X")
        case "c", "q", "U":
            let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
            if letter == "c" { return pad(String(Character(scalar))) }
            if letter == "q" { return pad(Self.quoted(scalar)) }
            let code = String(number.magnitude, radix: 16, uppercase: true)
            return pad("U+" + String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code)
        default: return bad(item)
        }
    }

    private static func quoted(_ scalar: Unicode.Scalar) -> String {
        if scalar == "'" { return "'\\''" }
        if scalar == "\"" { return "'\"'" }
        return "'" + GoSyntax.quoted(String(Character(scalar))).dropFirst().dropLast() + "'"
    }

    private func float(_ number: Double, _ item: GoItem) -> String {
        let sign = number.sign == .minus ? "-" : plus ? "+" : space ? " " : ""
        let amount = number.magnitude
        let text: String
        switch letter {
        case "v" where precision == nil, "g" where precision == nil, "G" where precision == nil:
            text = amount.goText
        case "v", "g", "G":
            text = DecimalText.general(amount, digits: max(1, precision ?? 6))
        case "f", "F": text = DecimalText.fixed(amount, decimals: precision ?? 6)
        case "e", "E": text = DecimalText.scientific(amount, decimals: precision ?? 6)
        default: return bad(item)
        }
        let cased = letter == "E" || letter == "G" ? text.uppercased() : text
        return pad(sign + cased, zeros: zero && number.isFinite)
    }
}
