/// One line of the difference between a recording and an output.
package enum OutputDiffLine: Sendable, Equatable {
    /// Both have it.
    case same(String)
    /// Recorded, but not printed.
    case missing(String)
    /// Printed, but not recorded.
    case surplus(String)
    /// Printed otherwise than recorded.
    case changed(expected: String, actual: String)

    /// Whether the line is part of the difference.
    package var differs: Bool {
        if case .same = self { false } else { true }
    }
}

/// Prints differences for people: `-` is recorded, `+` is ours, and `^` stands under what differs.
package enum OutputDiffPrinter {
    /// The lines of the difference, each indented by `indent`, with up to `context` equal lines
    /// around every change; longer runs of equal lines become one line that counts them.
    package static func text(
        _ diff: [OutputDiffLine], indent: String = "    ", context: Int = 2
    ) -> String {
        var text = ""
        var index = 0
        while index < diff.count {
            if diff[index].differs {
                text += rendered(diff[index], indent)
                index += 1
                continue
            }
            var end = index
            while end < diff.count, !diff[end].differs { end += 1 }
            let head = index == 0 ? 0 : context
            let tail = end == diff.count ? 0 : context
            let hidden = (end - index) - head - tail
            for line in index..<end {
                let isHidden = hidden > 1 && line >= index + head && line < end - tail
                if !isHidden {
                    text += rendered(diff[line], indent)
                } else if line == index + head {
                    text += "\(indent)  … \(hidden) equal lines\n"
                }
            }
            index = end
        }
        return text
    }

    private static func rendered(_ line: OutputDiffLine, _ indent: String) -> String {
        switch line {
        case .same(let text): return "\(indent)  \(text)\n"
        case .missing(let text): return "\(indent)- \(text)\n"
        case .surplus(let text): return "\(indent)+ \(text)\n"
        case .changed(let expected, let actual):
            return "\(indent)- \(expected)\n\(indent)+ \(actual)\n"
                + "\(indent)  \(pointer(expected, actual))\n"
        }
    }

    /// Carets under the part of `actual` between what both lines begin and end with. Placeholders
    /// of the recorded line count as equal to what they stand for as far as the first literal
    /// difference.
    private static func pointer(_ expected: String, _ actual: String) -> String {
        let ours = Array(actual)
        let start = agreement(Array(expected), ours, fromEnd: false)
        let end = min(agreement(Array(expected), ours, fromEnd: true), ours.count - start)
        let width = max(1, ours.count - start - end)
        let lead = ours[..<start].map { $0 == "\t" ? "\t" : " " }.joined()
        return lead + String(repeating: "^", count: width)
    }

    /// How many characters of `ours` a prefix (or suffix) of the recorded line accounts for.
    private static func agreement(
        _ recorded: [Character], _ ours: [Character], fromEnd: Bool
    ) -> Int {
        var best = 0
        for point in fromEnd ? cutPoints(recorded).reversed() : cutPoints(recorded) {
            let part = fromEnd ? recorded[point...] : recorded[..<point]
            let pattern = LinePattern(String(part))
            let length = (best...ours.count).first {
                pattern.matches(String(fromEnd ? ours.suffix($0) : ours.prefix($0)))
            }
            guard let length else { break }
            best = length
        }
        return best
    }

    /// The places at which a recorded line can be cut without cutting a placeholder in two.
    private static func cutPoints(_ recorded: [Character]) -> [Int] {
        let names = Placeholder.allCases.map { Array("{\($0.rawValue)}") }
        return (0...recorded.count).filter { point in
            !names.contains { name in
                (max(0, point - name.count + 1)..<point).contains { start in
                    recorded[start...].starts(with: name) && start + name.count > point
                }
            }
        }
    }
}
