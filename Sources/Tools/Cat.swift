extension Tool {
    static let cat = Tool(
        "cat", summary: "prints files one after another", usage: "[OPTION]... [FILE]...",
        examples: ["cat web.yaml", "cat -n web.yaml"],
        options: [
            ToolOption("A|show-all", "the same as -vET"),
            ToolOption("b|number-nonblank", "number the lines that are not empty"),
            ToolOption("e", "the same as -vE"),
            ToolOption("E|show-ends", "show $ at the end of each line"),
            ToolOption("n|number", "number all lines"),
            ToolOption("s|squeeze-blank", "print of several empty lines in a row only one"),
            ToolOption("t", "the same as -vT"),
            ToolOption("T|show-tabs", "show tabs as ^I"),
            ToolOption("u", "nothing"),
            ToolOption("v|show-nonprinting", "show other characters as ^X and M-X"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        var printer = CatPrinter(options)
        try call.refuseNobody(options.operands)
        if printer.isPlain {
            let isWhole = try call.eachInput(options.operands) { _, input throws(ToolStop) in
                while let piece = input.readPiece() {
                    call.output.write(piece)
                    try call.step()
                }
            }
            return isWhole ? 0 : 1
        }
        let isWhole = try call.eachLine(options.operands) { line throws(ToolStop) in
            printer.print(line, to: call.output)
        }
        return isWhole ? 0 : 1
    }
}

private struct CatPrinter {
    private let numbersAll: Bool
    private let numbersFilled: Bool
    private let squeezes: Bool
    private let showsEnds: Bool
    private let showsTabs: Bool
    private let showsOthers: Bool
    private var number = 0
    private var wasEmpty = false
    /// Whether the file before ended inside a line.
    private var isInsideLine = false

    init(_ options: ToolOptions) {
        let showsAll = options.has("A")
        numbersFilled = options.has("b")
        numbersAll = options.has("n") && !numbersFilled
        squeezes = options.has("s")
        showsEnds = showsAll || options.has("e") || options.has("E")
        showsTabs = showsAll || options.has("t") || options.has("T")
        showsOthers = showsAll || options.has("e") || options.has("t") || options.has("v")
    }

    var isPlain: Bool {
        !numbersAll && !numbersFilled && !squeezes && !showsEnds && !showsTabs && !showsOthers
    }

    mutating func print(_ line: ToolLine, to output: ToolOutput) {
        let isEmpty = line.bytes.isEmpty && !isInsideLine
        defer {
            wasEmpty = isEmpty
            isInsideLine = !line.isEnded
        }
        if squeezes, isEmpty, wasEmpty { return }
        if !isInsideLine, numbersAll || numbersFilled && !isEmpty {
            number += 1
            let text = String(number)
            output.write(String(repeating: " ", count: max(0, 6 - text.utf8.count)) + text + "\t")
        }
        if showsTabs || showsOthers {
            output.write(line.bytes.flatMap(shown))
        } else {
            output.write(line.bytes)
        }
        if line.isEnded { output.write(showsEnds ? "$\n" : "\n") }
    }

    private func shown(_ byte: UInt8) -> [UInt8] {
        if byte == .tab { return showsTabs ? Array("^I".utf8) : [byte] }
        guard showsOthers else { return [byte] }
        if byte >= 128 { return Array("M-".utf8) + shown(byte - 128) }
        if byte == 127 { return Array("^?".utf8) }
        return byte < 32 ? [UInt8(ascii: "^"), byte + 64] : [byte]
    }
}
