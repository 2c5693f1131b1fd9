import Support
import Value

/// The lanes of a history as lines for a terminal.
package struct TimelineText {
    /// How it is drawn.
    package struct Style: Sendable {
        /// The columns of the whole picture.
        package var width: Int
        /// Whether colours (ANSI) tell revisions and stages, beside letters and signs.
        package var usesColor: Bool
        /// How many lanes of one group are drawn; the others are counted.
        package var lanesPerGroup: Int

        package init(width: Int, usesColor: Bool, lanesPerGroup: Int) {
            self.width = width
            self.usesColor = usesColor
            self.lanesPerGroup = lanesPerGroup
        }

        /// The narrowest picture that still says something.
        package static let narrowest = 40
        /// The widest one; a line of that length is no picture any more.
        package static let widest = 1_000
    }

    private let history: History
    private let lanes: LaneBuilder
    private let groups: [LaneGroup]
    private let others: [(name: String, instants: [Milliseconds])]
    private let style: Style
    private let scale: TimeScale
    private let columns: [(start: Milliseconds, end: Milliseconds, isBreak: Bool)]
    /// The columns of the names, with the blanks behind them.
    private let margin: Int
    private var text = ""
    private var usedStages: Set<UInt8> = []
    private var usesLetters = false

    /// The picture; nil where there is nothing to draw.
    package static func text(_ history: History, _ choice: LaneBuilder.Choice, _ style: Style)
        -> String?
    {
        let lanes = LaneBuilder(history, choice)
        guard !lanes.groups.isEmpty || lanes.otherChanges.contains(where: { !$0.instants.isEmpty })
        else {
            return nil
        }
        var picture = TimelineText(history, lanes, style)
        picture.draw()
        return picture.text
    }

    private init(_ history: History, _ lanes: LaneBuilder, _ style: Style) {
        self.history = history
        self.lanes = lanes
        self.style = style
        groups = lanes.groups
        others = lanes.otherChanges
        var instants = history.marks.map(\.time) + others.flatMap(\.instants)
        var names = ["expectations"] + others.map(\.name)
        for group in groups {
            names.append(group.title)
            for lane in group.lanes {
                instants += lane.spans.map(\.start)
                names.append((group.title.isEmpty ? "" : "  ") + lane.name)
            }
        }
        instants.sort()
        let longest = names.lazy.map(\.count).max() ?? 0
        margin = min(longest, max(style.width / 3, 14)) + 2
        scale = TimeScale(
            from: history.start, to: history.end, instants: instants,
            width: max(style.width - margin, 10))
        columns = scale.columns
    }

    private mutating func draw() {
        drawAxis()
        drawMarks()
        for other in others { drawChanges(other.name, other.instants) }
        for group in groups { draw(group) }
        drawLegend()
    }

    // MARK: Rows

    private mutating func row(_ name: String, _ signs: String) {
        var line = Self.shortened(name, to: margin - 2)
        line += String(repeating: " ", count: margin - line.count)
        line += signs
        while line.last == " " { line.removeLast() }
        text += line + "\n"
    }

    /// A name that keeps its beginning and its end, which tell names apart.
    private static func shortened(_ name: String, to width: Int) -> String {
        guard name.count > width else { return name }
        let tail = (width - 1) / 2
        return "\(name.prefix(width - 1 - tail))…\(name.suffix(tail))"
    }

    /// Instants where there is room for their names, and a sign in each squeezed stretch.
    private mutating func drawAxis() {
        var signs = [Character](repeating: " ", count: columns.count)
        var free = 0
        for part in scale.parts where !part.columns.isEmpty {
            if part.isBreak {
                let middle = part.columns.lowerBound + part.columns.count / 2
                if middle >= free { signs[middle] = "⋯" }
                continue
            }
            for instant in TimeTicks.instants(in: part, room: 10) {
                let label = "|" + Duration(milliseconds: instant).shortText
                guard let column = scale.column(of: instant), column >= free,
                    column + label.count <= signs.count
                else { continue }
                signs.replaceSubrange(column..<column + label.count, with: label)
                free = column + label.count + 1
            }
        }
        row("", String(signs))
    }

    private mutating func drawMarks() {
        var commands = [Character](repeating: " ", count: columns.count)
        var checks = commands
        var number = 0
        for mark in history.marks {
            let column = scale.column(of: mark.time)
            switch mark.kind {
            case .command:
                number += 1
                guard let column, commands[column] == " " else { continue }
                commands[column] = Self.sign(of: number)
            case .expectation(let holds):
                guard let column, checks[column] != "✗" else { continue }
                checks[column] = holds ? "✓" : "✗"
            }
        }
        if commands.contains(where: { $0 != " " }) { row("commands", String(commands)) }
        if checks.contains(where: { $0 != " " }) { row("expectations", String(checks)) }
    }

    /// 1 to 9, then letters, then a star.
    private static func sign(of number: Int) -> Character {
        let signs = Array("123456789abcdefghijklmnopqrstuvwxyz")
        return number <= signs.count ? signs[number - 1] : "*"
    }

    private mutating func drawChanges(_ name: String, _ instants: [Milliseconds]) {
        var signs = [Character](repeating: " ", count: columns.count)
        for column in instants.compactMap(scale.column(of:)) { signs[column] = "*" }
        row(name, String(signs))
    }

    private mutating func draw(_ group: LaneGroup) {
        if !group.title.isEmpty { row(group.title, readyRow(of: group)) }
        for lane in group.lanes.prefix(style.lanesPerGroup) {
            row((group.title.isEmpty ? "" : "  ") + lane.name, signs(of: lane))
        }
        let rest = group.lanes.count - style.lanesPerGroup
        if rest > 0 { text += "  … and \(rest) more; `--all` draws them\n" }
    }

    /// How many are ready: digits, or from ten on bars with the highest number.
    private func readyRow(of group: LaneGroup) -> String {
        guard group.countsReady else { return "" }
        let counts = ReadyCounts(group)
        let highest = counts.highest
        let bars = Array(" ▁▂▃▄▅▆▇█")
        return String(
            counts.lowest(in: columns).map { count -> Character in
                if highest < 10 { return Character("\(count)") }
                return bars[count == 0 ? 0 : max(count * 8 / highest, 1)]
            })
    }

    private mutating func signs(of lane: Lane) -> String {
        var line = ""
        var style: String?
        for column in columns {
            let span = lane.spans(from: column.start, to: column.end)
                .max { ($0.stage?.weight ?? -1) < ($1.stage?.weight ?? -1) }
            let sign = span.flatMap { $0.start < column.end || $0.start <= column.start ? $0 : nil }
            note(sign)
            let wanted = sign.flatMap(color(of:))
            if wanted != style {
                if style != nil { line += "\u{1b}[0m" }
                if let wanted { line += "\u{1b}[\(wanted)m" }
                style = wanted
            }
            line.append(sign?.sign ?? " ")
        }
        return style == nil ? line : line + "\u{1b}[0m"
    }

    private mutating func note(_ span: Lane.Span?) {
        guard let span, let stage = span.stage else { return }
        if span.letter != nil, stage == .ready || stage == .starting {
            usesLetters = true
        } else {
            usedStages.insert(stage.rawValue)
        }
    }

    // MARK: Colour

    /// Of revisions, in turn: cyan, magenta, blue, green, yellow.
    private static let revisionColors = ["36", "35", "34", "32", "33"]

    private func color(of span: Lane.Span) -> String? {
        guard style.usesColor, let stage = span.stage else { return nil }
        switch stage {
        case .ready, .starting:
            guard let letter = span.letter?.asciiValue else { return stage == .ready ? "32" : "33" }
            let color = Self.revisionColors[Int(letter - 65) % Self.revisionColors.count]
            return stage == .ready ? "1;\(color)" : color
        case .pending, .pulling: return "33"
        case .terminating: return "2"
        case .failing, .failed, .nodeNotReady: return "31"
        case .succeeded, .nodeReady: return "32"
        case .nodeCordoned: return "33"
        }
    }

    // MARK: The legend

    private mutating func drawLegend() {
        var parts = Stage.allCases.filter { usedStages.contains($0.rawValue) }
            .map { "\($0.sign) \($0.words)" }
        if usesLetters { parts.insert("A ready, a starting or not ready (by revision)", at: 0) }
        if scale.parts.contains(where: \.isBreak) { parts.append("⋯ a long time without changes") }
        text += "\n"
        wrap(parts)
        for revision in lanes.letters.revisions
        where groups.contains(where: { $0.title == revision.workload }) {
            let images = revision.images.joined(separator: ", ")
            text += "\(revision.letter)  \(revision.workload): \(revision.name) (\(images))\n"
        }
        drawMarkTexts()
    }

    private mutating func wrap(_ parts: [String]) {
        var line = ""
        for part in parts {
            if !line.isEmpty, line.count + 3 + part.count > style.width {
                text += line + "\n"
                line = ""
            }
            line += (line.isEmpty ? "" : "   ") + part
        }
        if !line.isEmpty { text += line + "\n" }
    }

    private mutating func drawMarkTexts() {
        var number = 0
        let width = history.marks.map { Duration(milliseconds: $0.time).shortText.count }.max() ?? 0
        for mark in history.marks {
            let sign: Character
            switch mark.kind {
            case .command:
                number += 1
                sign = Self.sign(of: number)
            case .expectation(let holds): sign = holds ? "✓" : "✗"
            }
            let instant = Duration(milliseconds: mark.time).shortText
            let padding = String(repeating: " ", count: width - instant.count + 2)
            text += "\(sign)  \(instant)\(padding)\(mark.text)\n"
        }
    }
}
