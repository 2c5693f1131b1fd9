extension Tool {
    static let cmp = Tool(
        "cmp", summary: "compares two files byte by byte", usage: "[OPTION]... FILE1 [FILE2]",
        examples: ["cmp before.yaml after.yaml"],
        options: [
            ToolOption("s|silent", "print nothing"), ToolOption("|quiet", "print nothing"),
        ], usageStatus: 2, usageHint: "cmp: Try 'cmp --help' for more information.\n"
    ) { call throws(ToolStop) in
        let options = try call.options()
        let names = options.operands
        guard let first = names.first else { throw .usage("missing operand after 'cmp'") }
        if names.count > 2 { throw .usage("extra operand \(names[2].quotedAsName)") }
        let second = names.count > 1 ? names[1] : "-"
        let isSilent = options.has("s") || options.has("quiet")
        if first == second { return 0 }
        var texts: [[UInt8]] = []
        for name in [first, second] {
            do throws(ToolFileProblem) {
                texts.append(Array(try call.open(name).readAll()))
            } catch {
                if isSilent, case .notFound = error { throw .status(2) }
                throw .failure("\(name): \(error.reason)", status: 2)
            }
        }
        let shorter = min(texts[0].count, texts[1].count)
        let same = zip(texts[0], texts[1]).prefix { $0 == $1 }.count
        if same == shorter, texts[0].count == texts[1].count { return 0 }
        let lines = texts[0][..<same].count { $0 == .newline }
        guard !isSilent else { return 1 }
        if same < shorter {
            call.output.write("\(first) \(second) differ: byte \(same + 1), line \(lines + 1)\n")
            return 1
        }
        let name = texts[0].count < texts[1].count ? first : second
        guard same > 0 else {
            call.complain("EOF on \(name) which is empty")
            return 1
        }
        let endsLine = texts[0][same - 1] == .newline
        call.complain(
            "EOF on \(name) after byte \(same), "
                + (endsLine ? "line \(lines)" : "in line \(lines + 1)"))
        return 1
    }
}
