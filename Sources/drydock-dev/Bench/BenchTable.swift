/// A measured value beside its budget (DESIGN 6).
struct BenchRow {
    enum Unit {
        case seconds, bytes, ratio

        /// "6.1 ms", "2.31 KB", "0.42x".
        func text(_ value: Double) -> String {
            switch self {
            case .seconds: value < 1 ? "\(rounded(value * 1000)) ms" : "\(rounded(value)) s"
            case .bytes: "\(rounded(value / 1024)) KB"
            case .ratio: "\(rounded(value))x"
            }
        }

        /// Three digits that count.
        private func rounded(_ value: Double) -> String {
            let digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
            let factor = [1.0, 10, 100][digits]
            let whole = Int((value * factor).rounded())
            guard digits > 0 else { return String(whole) }
            let rest = String(whole % Int(factor))
            return "\(whole / Int(factor))."
                + String(repeating: "0", count: digits - rest.count) + rest
        }
    }

    /// The most that is allowed, and what we want.
    struct Budget {
        let must: Double
        let aim: Double
    }

    let name: String
    let unit: Unit
    let value: Double
    let budget: Budget
    /// What else was seen: a peer, counts, a hash.
    let remark: String

    var cells: [String] {
        [
            name, unit.text(value), "\(unit.text(budget.must)) \(verdict(budget.must))",
            "\(unit.text(budget.aim)) \(verdict(budget.aim))", remark,
        ]
    }

    var meetsMust: Bool { value <= budget.must }

    private func verdict(_ limit: Double) -> String { value <= limit ? "met" : "not met" }
}

/// Rows under one another, in columns.
enum BenchTable {
    static let header = ["what", "measured", "must", "aim", "remark"]

    static func text(_ rows: [BenchRow]) -> String {
        let lines = [header] + rows.map(\.cells)
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            let padded = line.enumerated().map { column, cell in
                column == line.count - 1
                    ? cell
                    : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            return padded.joined()
        }
        .joined(separator: "\n")
    }
}
