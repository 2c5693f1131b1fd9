import Support

/// Elements of XML 1.0, indented; whatever the texts hold, what comes out is well formed.
struct XMLWriter {
    private(set) var text = ""
    private var level: Int

    /// - Parameter level: how many elements are around the first.
    init(level: Int) { self.level = level }

    private var margin: String { String(repeating: "  ", count: level) }

    /// A start tag; what follows is inside it.
    mutating func begin(_ name: String, _ attributes: [(String, String)]) {
        text += "\(margin)<\(name)\(Self.written(attributes))>\n"
        level += 1
    }

    /// The end tag of ``begin(_:_:)``.
    mutating func end(_ name: String) {
        level -= 1
        text += "\(margin)</\(name)>\n"
    }

    /// An element with a text, or none.
    mutating func element(_ name: String, _ attributes: [(String, String)], _ content: String = "")
    {
        text += "\(margin)<\(name)\(Self.written(attributes))"
        text += content.isEmpty ? "/>\n" : ">\(Self.escaped(content))</\(name)>\n"
    }

    /// An element around elements that are written already.
    mutating func element(_ name: String, _ attributes: [(String, String)], inner: String) {
        text += "\(margin)<\(name)\(Self.written(attributes))"
        text += inner.isEmpty ? "/>\n" : ">\n\(inner)\(margin)</\(name)>\n"
    }

    private static func written(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0)=\"\(escaped($1, isAttribute: true))\"" }.joined()
    }

    /// The text with what XML would read as its own written as references, and with what no XML
    /// document may hold made visible.
    ///
    /// `>` is written as a reference too: `]]>` must not stand in a text.
    ///
    /// - Parameter isAttribute: write quotes, line ends and tabs as references, which a reader of an
    ///   attribute would turn into blanks.
    static func escaped(_ text: String, isAttribute: Bool = false) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.showingControls.unicodeScalars {
            switch scalar {
            case "&": result.add("&amp;")
            case "<": result.add("&lt;")
            case ">": result.add("&gt;")
            case "\r": result.add("&#13;")
            case "\"" where isAttribute: result.add("&quot;")
            case "\n" where isAttribute: result.add("&#10;")
            case "\t" where isAttribute: result.add("&#9;")
            case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
