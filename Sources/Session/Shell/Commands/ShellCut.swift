import Support

/// A list such as `1,3-5,7-` of fields or characters, counted from 1.
struct ShellRanges {
    private var ranges: [ClosedRange<Int>] = []

    init?(_ text: String) {
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let low = ends[0].isEmpty ? 1 : Int(ends[0]) ?? 0
            let high = ends.count == 1 ? low : (ends[1].isEmpty ? Int.max : Int(ends[1]) ?? 0)
            guard low >= 1, high >= low else { return nil }
            ranges.append(low...high)
        }
        if ranges.isEmpty { return nil }
    }

    func contains(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}

/// `cut -d C -f LIST`, `cut -c LIST`.
enum ShellCut {
    static func run(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(
                call.arguments, flags: "s", valued: "dfcb",
                long: [
                    "delimiter": "d", "fields": "f", "characters": "c", "bytes": "b",
                    "only-delimited": "s",
                ])
        } catch {
            return call.fail(error.message)
        }
        guard let list = options.value("f") ?? options.value("c") ?? options.value("b") else {
            return call.fail("you must specify a list of bytes, characters, or fields")
        }
        guard let ranges = ShellRanges(list) else { return call.fail("invalid field range") }
        let delimiter = options.value("d")?.first ?? "\t"
        let (lines, failed) = call.lines(options.operands)
        for line in lines {
            if options.value("f") == nil {
                call.print(
                    String(
                        line.enumerated().filter { ranges.contains($0.offset + 1) }.map(\.element))
                        + "\n")
                continue
            }
            let fields = line.split(separator: delimiter, omittingEmptySubsequences: false)
            if fields.count == 1 {
                // A line without the delimiter is printed whole, unless -s drops it.
                if !options.has("s") { call.print(line + "\n") }
                continue
            }
            let kept = fields.enumerated().filter { ranges.contains($0.offset + 1) }.map(\.element)
            call.print(kept.joined(separator: String(delimiter)) + "\n")
        }
        return failed ? 1 : 0
    }
}

/// `tr [-d] [-s] [-c] SET1 [SET2]`.
enum ShellTranslate {
    static func run(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(
                call.arguments, flags: "dscC",
                long: ["delete": "d", "squeeze-repeats": "s", "complement": "c"])
        } catch {
            return call.fail(error.message)
        }
        guard let first = options.operands.first else { return call.fail("missing operand") }
        let from = expanded(first)
        let to = options.operands.count > 1 ? expanded(options.operands[1]) : []
        let complement = options.has("c") || options.has("C")
        let deletes = options.has("d")
        if to.isEmpty, !deletes, !options.has("s") {
            return call.fail("missing operand after '\(first)'")
        }
        let squeezed = to.isEmpty ? from : to
        var result = ""
        for character in call.streams.input.readAll() {
            let index = from.firstIndex(of: character)
            let isIn = (index != nil) != complement
            var output = character
            if isIn, deletes { continue }
            if isIn, let last = to.last {
                output = index.map { $0 < to.count ? to[$0] : last } ?? last
            }
            if options.has("s"), output == result.last {
                let isSqueezed = to.isEmpty ? isIn : squeezed.contains(output)
                if isSqueezed { continue }
            }
            result.append(output)
        }
        call.print(result)
        return 0
    }

    /// `a-z`, `[:upper:]` and escapes written out.
    private static func expanded(_ text: String) -> [Character] {
        var result: [Character] = []
        let characters = Array(text)
        var index = 0
        while index < characters.count {
            let rest = String(characters[index...])
            if rest.hasPrefix("[:"), let end = rest.range(of: ":]") {
                let name = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound])
                for value in UInt8(0)...127 {
                    let character = Character(Unicode.Scalar(value))
                    if ShellRegexSet.isIn(name, character) { result.append(character) }
                }
                index += name.count + 4
                continue
            }
            var next = characters[index]
            index += 1
            if next == "\\", index < characters.count {
                next =
                    (ShellEscapes.simple[characters[index]] ?? String(characters[index])).first
                    ?? "\\"
                index += 1
            }
            if index + 1 < characters.count, characters[index] == "-",
                let low = next.unicodeScalars.first,
                let high = characters[index + 1].unicodeScalars.first, low <= high,
                high.value < 0x3000
            {
                for value in low.value...high.value {
                    if let scalar = Unicode.Scalar(value) { result.append(Character(scalar)) }
                }
                index += 2
            } else {
                result.append(next)
            }
        }
        return result
    }
}
