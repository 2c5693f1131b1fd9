extension Tool {
    static let sort = Tool(
        "sort", summary: "sorts lines, in byte order", usage: "[OPTION]... [FILE]...",
        examples: ["get pods --no-headers | sort -k 4 -n", "sort -u names"],
        options: [
            ToolOption("b|ignore-leading-blanks", "leave out blanks before keys"),
            ToolOption("c|check", "say whether the input is sorted"),
            ToolOption("C", "the same, but say nothing"),
            ToolOption("d|dictionary-order", "only blanks, letters and digits count"),
            ToolOption("f|ignore-case", "lower case counts as upper case"),
            ToolOption("g|general-numeric-sort", "by numbers such as 1e3"),
            ToolOption("h|human-numeric-sort", "by numbers such as 2K and 1G"),
            ToolOption("i|ignore-nonprinting", "only printing characters count"),
            ToolOption(
                "k|key", .required("KEY"),
                "by a part: FIELD[.CHAR][OPTIONS][,FIELD[.CHAR][OPTIONS]]"),
            ToolOption("m|merge", "merge files that are sorted"),
            ToolOption("M|month-sort", "by names of months"),
            ToolOption("n|numeric-sort", "by numbers"),
            ToolOption("o|output", .required("FILE"), "write to a file"),
            ToolOption("r|reverse", "in reverse"),
            ToolOption("s|stable", "leave lines with equal keys in their order"),
            ToolOption(
                "t|field-separator", .required("SEP"), "what parts fields, instead of blanks"),
            ToolOption("u|unique", "of lines with equal keys only the first"),
            ToolOption("V|version-sort", "by versions such as v1.10"),
            ToolOption("z|zero-terminated", "lines end with NUL"),
        ],
        usageStatus: 2
    ) { call throws(ToolStop) in
        let options = try call.options()
        let order = try SortOrder(options)
        let end: UInt8 = options.has("z") ? 0 : .newline
        if options.has("c") || options.has("C") { return try checkOrder(call, options, order, end) }
        var lines: [ArraySlice<UInt8>] = []
        var starts: [Int] = []
        for path in options.operands.isEmpty ? ["-"] : options.operands {
            let opened = Result { () throws(ToolFileProblem) in try call.open(path) }
            switch opened {
            case .success(let input):
                starts.append(lines.count)
                while let line = input.readLine(endedBy: end) {
                    try call.step()
                    lines.append(line.bytes)
                }
            case .failure(.isDirectory):
                throw .failure(
                    "read failed: \(path): \(ToolFileProblem.isDirectory.reason)", status: 2)
            case .failure(let problem):
                throw .failure("cannot read: \(path): \(problem.reason)", status: 2)
            }
        }
        let sorted = options.has("m") ? order.merged(lines, starts) : order.sorted(lines)
        var result: [UInt8] = []
        var previous: Int?
        for index in sorted {
            if options.has("u"), let previous, order.keysAgree(lines[previous], lines[index]) {
                continue
            }
            result += lines[index]
            result.append(end)
            previous = index
        }
        guard let path = options.value("o") else {
            call.output.write(result)
            return 0
        }
        do throws(ToolFileProblem) {
            try call.write(result, to: path)
        } catch {
            throw .failure("open failed: \(path): \(error.reason)", status: 2)
        }
        return 0
    }

    private static func checkOrder(
        _ call: ToolCall, _ options: ToolOptions, _ order: SortOrder, _ end: UInt8
    ) throws(ToolStop) -> Int32 {
        if options.operands.count > 1 {
            throw .failure("extra operand '\(options.operands[1])' not allowed with -c", status: 2)
        }
        let path = options.operands.first ?? "-"
        var previous: ArraySlice<UInt8>?
        var number = 0
        var disorder: ArraySlice<UInt8>?
        let isWhole = try call.eachLine(
            [path], complaint: { "cannot read: \($0): \($1)" }, endedBy: end
        ) {
            line throws(ToolStop) in
            if disorder != nil { return }
            number += 1
            if let previous {
                let result = order.compare(previous, line.bytes)
                if result > 0 || result == 0 && options.has("u") { disorder = line.bytes }
            }
            previous = line.bytes
        }
        guard isWhole else { return 2 }
        guard let disorder else { return 0 }
        if !options.has("C") { call.complain("\(path):\(number): disorder: \(disorder.text)") }
        return 1
    }
}

/// How two lines compare: by keys in turn, and in the end as they are.
struct SortOrder {
    private var keys: [SortKey] = []
    private let separator: UInt8?
    private let isReversed: Bool
    /// Whether lines with equal keys are told apart by all their bytes.
    private let hasLastResort: Bool

    init(_ options: ToolOptions) throws(ToolStop) {
        var separator: UInt8?
        if let text = options.value("t") {
            if text.isEmpty { throw .failure("empty tab", status: 2) }
            let bytes = Array(text.utf8)
            if text == "\\0" {
                separator = 0
            } else if bytes.count == 1 {
                separator = bytes[0]
            } else {
                throw .failure("multi-character tab \(text.quoted)", status: 2)
            }
        }
        self.separator = separator
        var overall = SortKey()
        for option in options.found {
            if let letter = option.id.first, option.id.count == 1 {
                _ = overall.take(letter, atEnd: false)
                if letter == "b" { overall.skipsBlanksAtEnd = true }
            }
        }
        try overall.check()
        for text in options.values("k") {
            var key = try SortKey(text)
            if !key.hasOptions {
                let (first, last) = (key.first, key.last)
                key = overall
                key.first = first
                key.last = last
            }
            try key.check()
            keys.append(key)
        }
        isReversed = overall.isReversed
        hasLastResort = !options.has("s") && !options.has("u")
        if keys.isEmpty { keys = [overall] }
    }

    /// The places of the lines in order. Lines that compare equal stay in the order of their places.
    func sorted(_ lines: [ArraySlice<UInt8>]) -> [Int] {
        // The parts are found once for each line, not once for each comparison.
        let parts = lines.map { line in keys.map { $0.part(of: line, separator) } }
        return lines.indices.sorted { left, right in
            for (index, key) in keys.enumerated() {
                let result = key.compare(parts[left][index], parts[right][index])
                if result != 0 { return result < 0 }
            }
            if hasLastResort, let result = lastResort(lines[left], lines[right]) {
                return result < 0
            }
            return left < right
        }
    }

    /// The places of lines in the order that merging runs of them makes, which begin at `starts`.
    /// O(lines × runs).
    func merged(_ lines: [ArraySlice<UInt8>], _ starts: [Int]) -> [Int] {
        var runs = starts.indices.map { index in
            starts[index]..<(index + 1 < starts.count ? starts[index + 1] : lines.count)
        }
        var places: [Int] = []
        while true {
            var best: Int?
            for index in runs.indices where !runs[index].isEmpty {
                guard let other = best else {
                    best = index
                    continue
                }
                let (new, old) = (lines[runs[index].lowerBound], lines[runs[other].lowerBound])
                if compare(new, old) < 0 { best = index }
            }
            guard let best else { return places }
            places.append(runs[best].lowerBound)
            runs[best] = (runs[best].lowerBound + 1)..<runs[best].upperBound
        }
    }

    /// Less than, equal to or more than 0 as the left line comes before the right one.
    func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        for key in keys {
            let result = key.compare(key.part(of: left, separator), key.part(of: right, separator))
            if result != 0 { return result }
        }
        return hasLastResort ? lastResort(left, right) ?? 0 : 0
    }

    func keysAgree(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        keys.allSatisfy {
            $0.compare($0.part(of: left, separator), $0.part(of: right, separator)) == 0
        }
    }

    private func lastResort(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int? {
        let result = SortKey.compareBytes(left, right)
        return result == 0 ? nil : isReversed ? -result : result
    }
}
