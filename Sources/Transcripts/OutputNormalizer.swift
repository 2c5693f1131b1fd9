import Support

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Brings what a command printed into the form in which recordings are stored.
///
/// Recordings lose what carries no meaning: column widths, trailing blanks, the length of the
/// dashes under a table, `managedFields`, and the quotes that only an all-digit hash needs in YAML.
package enum OutputNormalizer {
    /// The lines of `text` in stored form.
    package static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            normalizeLine(String($0))
        }
        removeManagedFields(&lines)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// `lines` with runs of equal lines collapsed to one, as `[dedup]` asks.
    package static func deduplicated(_ lines: [String]) -> [String] {
        var result: [String] = []
        for line in lines where line != result.last { result.append(line) }
        return result
    }

    /// One line: trailing blanks dropped, inner runs of blanks cut to two, table dashes cut to
    /// four.
    static func normalizeLine(_ line: String) -> String {
        var bytes: [UInt8] = []
        var blanks = 0
        var indenting = true
        for byte in line.utf8 where byte != carriageReturn {
            if byte == space {
                blanks += 1
                continue
            }
            let width = indenting ? blanks : min(blanks, 2)
            bytes.append(contentsOf: repeatElement(space, count: width))
            blanks = 0
            indenting = false
            bytes.append(byte)
        }
        while bytes.last == tab || bytes.last == space { bytes.removeLast() }
        return unquoteHash(shortenDashes(String(decoding: bytes, as: UTF8.self)))
    }

    /// `  ------  ----` becomes `  ----  ----`. A single `---` is YAML's document separator and
    /// stays.
    private static func shortenDashes(_ line: String) -> String {
        guard line.utf8.contains(dash), line.utf8.allSatisfy({ $0 == dash || $0 == space }) else {
            return line
        }
        let words = line.split(separator: " ")
        let isTable = words.count > 1 ? words.allSatisfy { $0.utf8.count > 1 } : line.utf8.count > 3
        guard isTable else { return line }
        let indent = String(line.prefix { $0 == " " })
        return indent + words.map { _ in "----" }.joined(separator: "  ")
    }

    /// `pod-template-hash: "5599967585"` loses its quotes: other hashes have letters and need none.
    private static func unquoteHash(_ line: String) -> String {
        guard line.hasSuffix("\""), let colon = line.range(of: "-hash: \"") else { return line }
        let value = line[colon.upperBound...].dropLast()
        guard !value.isEmpty, value.utf8.allSatisfy({ (48...57).contains($0) }) else { return line }
        return line[..<colon.lowerBound] + "-hash: " + value
    }

    /// Drops the `managedFields` entries of YAML and of indented JSON output.
    private static func removeManagedFields(_ lines: inout [String]) {
        var index = 0
        while index < lines.count {
            let line = lines[index]
            let body = line.drop { $0 == " " }
            let indent = line.utf8.count - body.utf8.count
            if body == "managedFields:" {
                var end = index + 1
                while end < lines.count, isNested(lines[end], under: indent) { end += 1 }
                lines.removeSubrange(index..<end)
            } else {
                if body == "\"managedFields\": [" {
                    removeJSONList(&lines, at: index, indent: indent)
                }
                index += 1
            }
        }
    }

    /// Whether a YAML line belongs to the list that a key at `indent` opened.
    private static func isNested(_ line: String, under indent: Int) -> Bool {
        let body = line.drop { $0 == " " }
        let own = line.utf8.count - body.utf8.count
        return own > indent || (own == indent && (body.hasPrefix("- ") || body == "-"))
    }

    private static func removeJSONList(_ lines: inout [String], at index: Int, indent: Int) {
        let closing = String(repeating: " ", count: indent) + "]"
        guard
            let end = lines[index...].firstIndex(where: { $0 == closing || $0 == closing + "," })
        else { return }
        let wasLast = !lines[end].hasSuffix(",")
        lines.removeSubrange(index...end)
        if wasLast, index > 0, lines[index - 1].hasSuffix(",") { lines[index - 1].removeLast() }
    }

    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    private static let dash = UInt8(ascii: "-")
    private static let carriageReturn = UInt8(ascii: "\r")
}

extension String {
    /// Whether the bytes stand anywhere in the text.
    func holds(_ target: [UInt8]) -> Bool {
        var copy = self
        return copy.withUTF8 { bytes in
            guard let text = bytes.baseAddress, let first = target.first else {
                return target.isEmpty
            }
            var start = 0
            while start + target.count <= bytes.count {
                let room = bytes.count - target.count - start + 1
                guard let hit = memchr(text + start, Int32(first), room) else { return false }
                if memcmp(hit, target, target.count) == 0 { return true }
                start = UnsafeRawPointer(hit) - UnsafeRawPointer(text) + 1
            }
            return false
        }
    }
}
