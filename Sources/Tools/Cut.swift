extension Tool {
    static let cut = Tool(
        "cut", summary: "prints parts of lines", usage: "OPTION... [FILE]...",
        examples: ["get pods --no-headers | cut -d ' ' -f 1", "echo web-0 | cut -c 1-3"],
        options: [
            ToolOption("b|bytes", .required("LIST"), "these bytes"),
            ToolOption("c|characters", .required("LIST"), "these characters"),
            ToolOption("d|delimiter", .required("DELIM"), "what parts fields, instead of a tab"),
            ToolOption("f|fields", .required("LIST"), "these fields"),
            ToolOption("n", "nothing"),
            ToolOption("|complement", "all but the bytes, characters or fields of the list"),
            ToolOption("s|only-delimited", "no lines without a delimiter"),
            ToolOption("|output-delimiter", .required("TEXT"), "this between the parts"),
            ToolOption("z|zero-terminated", "lines end with NUL"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let cutter = try Cutter(options)
        let end: UInt8 = options.has("z") ? 0 : .newline
        let isWhole = try call.eachLine(options.operands, endedBy: end) { line throws(ToolStop) in
            guard let parts = cutter.parts(of: line.bytes) else { return }
            call.output.write(parts + [end])
        }
        return isWhole ? 0 : 1
    }
}

private struct Cutter {
    private enum Unit { case bytes, characters, fields }

    private let unit: Unit
    private let list: CutList
    private let delimiter: [UInt8]
    private let joint: [UInt8]?
    private let skipsUndelimited: Bool

    init(_ options: ToolOptions) throws(ToolStop) {
        let lists = options.found.filter { ["b", "c", "f"].contains($0.id) }
        guard let given = lists.first else {
            throw .usage("you must specify a list of bytes, characters, or fields")
        }
        if lists.count > 1 { throw .usage("only one list may be specified") }
        unit = given.id == "b" ? .bytes : given.id == "c" ? .characters : .fields
        list = try CutList(
            given.value, isComplement: options.has("complement"), countsFields: unit == .fields)
        let delimiter = options.value("d") ?? "\t"
        if delimiter.unicodeScalars.count > 1 {
            throw .usage("the delimiter must be a single character")
        }
        if unit != .fields, options.has("d") {
            throw .usage("an input delimiter may be specified only when operating on fields")
        }
        if unit != .fields, options.has("s") {
            throw .usage(
                "suppressing non-delimited lines makes sense\n\tonly when operating on fields")
        }
        // An empty delimiter is NUL.
        self.delimiter = delimiter.isEmpty ? [0] : Array(delimiter.utf8)
        joint = options.value("output-delimiter").map { Array($0.utf8) }
        skipsUndelimited = options.has("s")
    }

    /// What is printed of a line; nil where it is left out.
    func parts(of line: ArraySlice<UInt8>) -> [UInt8]? {
        switch unit {
        case .bytes: return join(line.indices.map { $0..<($0 + 1) }, of: line)
        case .characters: return join(characters(of: line), of: line)
        case .fields: return fields(of: line)
        }
    }

    private func characters(of line: ArraySlice<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = line.startIndex
        while start < line.endIndex {
            var end = start + 1
            while end < line.endIndex, line[end] & 0xC0 == 0x80 { end += 1 }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    /// The units that are wanted, with the joint between runs of them.
    private func join(_ units: [Range<Int>], of line: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var last: (index: Int, range: Int)?
        for (index, unit) in units.enumerated() {
            guard let range = list.range(of: index + 1) else { continue }
            // Numbers that touch are one run unless they came from ranges that were parted.
            if let joint, let last, last.index + 1 != index || last.range != range {
                result += joint
            }
            result += line[unit]
            last = (index, range)
        }
        return result
    }

    private func fields(of line: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var isFirst = true
        var number = 1
        var start = line.startIndex
        while let end = line.firstPlace(of: delimiter, from: start) {
            add(line[start..<end], number)
            number += 1
            start = end + delimiter.count
        }
        if number == 1 { return skipsUndelimited ? nil : Array(line) }
        add(line[start...], number)
        func add(_ field: ArraySlice<UInt8>, _ number: Int) {
            guard list.range(of: number) != nil else { return }
            if !isFirst { result += joint ?? delimiter }
            result += field
            isFirst = false
        }
        return result
    }
}

extension ArraySlice<UInt8> {
    /// Where `part`, which is not empty, begins next.
    func firstPlace(of part: [UInt8], from start: Int) -> Int? {
        var place = start
        while let next = self[place...].firstIndex(of: part[0]) {
            if self[next...].starts(with: part) { return next }
            place = next + 1
        }
        return nil
    }
}

/// A list such as `1,3-5,7-`, counted from 1.
private struct CutList {
    /// Ascending, without overlaps.
    private var ranges: [ClosedRange<Int>] = []

    init(_ text: String, isComplement: Bool, countsFields: Bool) throws(ToolStop) {
        let unit = countsFields ? "fields" : "byte/character positions"
        let value = countsFields ? "field value" : "byte/character position"
        var given: [ClosedRange<Int>] = []
        for part in text.split(
            omittingEmptySubsequences: false, whereSeparator: { ", ".contains($0) })
        {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            if ends.count > 2 { throw .usage("invalid field range") }
            func number(_ digits: Substring, _ missing: Int) throws(ToolStop) -> Int {
                if digits.isEmpty { return missing }
                guard digits.utf8.allSatisfy(\.isDigit) else {
                    throw .usage("invalid \(value) \(String(part).quoted)")
                }
                return Int(digits) ?? .max
            }
            if part == "-" { throw .usage("invalid range with no endpoint: -") }
            let low = try number(ends[0], ends.count == 1 ? 0 : 1)
            let high = ends.count == 1 ? low : try number(ends[1], .max)
            if low == 0 { throw .usage("\(unit) are numbered from 1") }
            if high < low { throw .usage("invalid decreasing range") }
            given.append(low...high)
        }
        given.sort { $0.lowerBound < $1.lowerBound }
        for range in given {
            // Overlapping ranges are one; those that only touch stay two.
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] =
                    last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        if isComplement { complement() }
    }

    private mutating func complement() {
        var others: [ClosedRange<Int>] = []
        var next = 1
        for range in ranges {
            if range.lowerBound > next { others.append(next...(range.lowerBound - 1)) }
            if range.upperBound == .max {
                ranges = others
                return
            }
            next = range.upperBound + 1
        }
        ranges = others + [next...Int.max]
    }

    /// Which range holds the number; nil when none does. O(log ranges).
    func range(of number: Int) -> Int? {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number) ? low : nil
    }
}
