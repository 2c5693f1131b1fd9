extension String {
    /// The text with control characters made visible: `^[` for escape, `^A` and so on for the rest of
    /// the first 32, `^?` for delete and `\u{9B}` for the second block and for what overrides the
    /// direction of writing. Line feeds, tabs and the carriage return before a line feed stay.
    ///
    /// Names, titles and messages come from files that people were sent; a terminal would obey them.
    package var showingControls: String { showingControls(exceptColors: false) }

    /// The text with control characters made visible as ``showingControls`` has them, apart from those that
    /// choose colours and weights (`ESC [ 1 ; 31 m`): what draws in colours has put them there.
    package var showingControlsButColors: String { showingControls(exceptColors: true) }

    private func showingControls(exceptColors keepsColors: Bool) -> String {
        // Most texts hold none: the bytes that could begin one tell.
        let isPlain = utf8.allSatisfy { byte in
            switch byte {
            case 0x09, 0x0A, 0x20..<0x7F: true
            default: byte > 0x7F && byte != 0xC2 && byte != 0xE2
            }
        }
        if isPlain { return self }
        var result = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let isLineEnd = scalar == "\r" && rest.first == "\n"
            switch scalar.value {
            case 0x09, 0x0A: result.append(scalar)
            case 0x0D where isLineEnd: result.append(scalar)
            case 0x1B where keepsColors && Self.isColor(rest):
                result.append(scalar)
            case 0..<0x20:
                result.append("^")
                result.append(Unicode.Scalar(UInt8(scalar.value) + 0x40))
            case 0x7F: result.add("^?")
            case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
                result.add("\\u{\(String(scalar.value, radix: 16, uppercase: true))}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether `[`, digits and semicolons, and `m` follow an escape.
    private static func isColor(_ rest: Substring.UnicodeScalarView) -> Bool {
        guard rest.first == "[" else { return false }
        let end = rest.dropFirst().first { !("0"..."9").contains($0) && $0 != ";" }
        return end == "m"
    }
}

extension String.UnicodeScalarView {
    /// Adds a short text. `append(contentsOf:)` and `+=` copy all that is there, each time.
    package mutating func add(_ text: String) {
        for scalar in text.unicodeScalars { append(scalar) }
    }
}
