/// A page with the outputs of this run.
package enum PageUpdate {
    /// The text with new output in place of what differs or what the page shows of a command that failed; all
    /// else stays, to the last byte. Names that chance gives stay those of the page.
    package static func text(of text: String, _ result: PageResult) -> String {
        var lines = Self.lines(text)
        for item in result.items.reversed() where !item.range.isEmpty {
            switch item.verdict {
            case .differs, .failed, .refused: break
            case .asPrinted, .ran, .notSimulated: continue
            }
            if item.output.isEmpty { continue }
            let ending = lines[item.range.lowerBound].ending
            var new = item.output.split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init)
            while new.last?.isEmpty == true { new.removeLast() }
            let isLast = item.range.upperBound == lines.count
            lines.replaceSubrange(
                item.range,
                with: new.enumerated().map { index, line in
                    let indented = line.isEmpty ? "" : item.indent + line
                    return (indented, isLast && index == new.count - 1 ? "" : ending)
                })
        }
        return lines.map { $0.text + $0.ending }.joined()
    }

    /// The lines with what ends each of them.
    private static func lines(_ text: String) -> [(text: String, ending: String)] {
        var lines: [(text: String, ending: String)] = []
        var line = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n", isAfterReturn {
                lines[lines.count - 1].ending = "\r\n"
            } else if scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" {
                lines.append((String(line), String(Character(scalar))))
                line = String.UnicodeScalarView()
            } else {
                line.append(scalar)
            }
            isAfterReturn = scalar == "\r"
        }
        lines.append((String(line), ""))
        return lines
    }
}
