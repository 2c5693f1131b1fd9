/// The text of an expression as code points, which is how columns and sizes are counted.
struct CELSource: Sendable {
    let scalars: [Unicode.Scalar]
    /// The places where lines begin.
    private let starts: [Int]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        starts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
        self.scalars = scalars
    }

    func text(_ range: Range<Int>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[range])
        return text
    }

    func issue(at place: Int, _ message: String) -> CELIssue {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle } else { high = middle }
        }
        return CELIssue(line: low + 1, column: place - starts[low], message: message)
    }

    /// A line by its number from 1, without its end.
    func line(_ number: Int) -> ArraySlice<Unicode.Scalar>? {
        guard number >= 1, number <= starts.count else { return nil }
        let end = number < starts.count ? starts[number] - 1 : scalars.count
        return scalars[starts[number - 1]..<end]
    }
}
