/// The options and operands of a call, read as GNU's getopt reads them.
struct ToolOptions {
    private(set) var found: [(id: String, value: String)] = []
    private(set) var operands: [String] = []

    func has(_ id: String) -> Bool { found.contains { $0.id == id } }

    /// The values given for an option, in order.
    func values(_ id: String) -> [String] { found.filter { $0.id == id }.map(\.value) }

    func value(_ id: String) -> String? { found.last { $0.id == id }?.value }

    /// Which of several options that exclude each other was given last.
    func last(of ids: String...) -> String? { found.last { ids.contains($0.id) }?.id }

    /// Takes the first operand away.
    mutating func takeOperand() -> String? { operands.isEmpty ? nil : operands.removeFirst() }

    /// Reads `arguments`.
    ///
    /// - Parameters:
    ///   - stopsAtOperand: whether everything from the first operand on is operands, as for tools
    ///     that run another command.
    ///   - number: the option that `-5` stands for.
    init(
        _ arguments: [String], of tool: Tool, stopsAtOperand: Bool = false, number: String? = nil
    ) throws(ToolStop) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                return
            }
            guard argument.hasPrefix("-"), argument.utf8.count > 1 else {
                operands.append(argument)
                if stopsAtOperand {
                    operands += rest
                    return
                }
                continue
            }
            if argument.hasPrefix("--") {
                try readLong(argument, tool, &rest)
            } else {
                try readShort(argument, tool, number, &rest)
            }
        }
    }

    private mutating func readLong(
        _ argument: String, _ tool: Tool, _ rest: inout ArraySlice<String>
    ) throws(ToolStop) {
        let parts = argument.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let option = try Self.option(named: name, as: argument, tool)
        let long = "--\(option.long ?? name)"
        switch option.argument {
        case .none:
            guard parts.count == 1 else {
                throw .usage("option '\(long)' doesn't allow an argument")
            }
            found.append((option.id, ""))
        case .optional: found.append((option.id, parts.count > 1 ? String(parts[1]) : ""))
        case .required:
            if parts.count > 1 {
                found.append((option.id, String(parts[1])))
            } else if let value = rest.popFirst() {
                found.append((option.id, value))
            } else {
                throw .usage("option '\(long)' requires an argument")
            }
        }
    }

    /// The option of a long name or of the only one that begins so.
    private static func option(
        named name: String, as argument: String, _ tool: Tool
    ) throws(ToolStop) -> ToolOption {
        if let exact = tool.options.first(where: { $0.long == name }) { return exact }
        let begun = tool.options.filter { $0.long?.hasPrefix(name) ?? false }
        if begun.count == 1 { return begun[0] }
        if begun.isEmpty { throw .usage("unrecognized option '\(argument)'") }
        let names = begun.map { " '--\($0.long ?? "")'" }.joined()
        throw .usage("option '\(argument)' is ambiguous; possibilities:\(names)")
    }

    private mutating func readShort(
        _ argument: String, _ tool: Tool, _ number: String?, _ rest: inout ArraySlice<String>
    ) throws(ToolStop) {
        var letters = argument.dropFirst()
        while let letter = letters.popFirst() {
            if let number, letter.isASCII, letter.isNumber {
                let digits = String(letter) + letters.prefix { $0.isASCII && $0.isNumber }
                found.append((number, digits))
                letters = letters.dropFirst(digits.count - 1)
                continue
            }
            guard let option = tool.options.first(where: { $0.short == letter }) else {
                throw .usage("invalid option -- '\(letter)'")
            }
            switch option.argument {
            case .none: found.append((option.id, ""))
            case .optional:
                found.append((option.id, String(letters)))
                return
            case .required:
                if !letters.isEmpty {
                    found.append((option.id, String(letters)))
                } else if let value = rest.popFirst() {
                    found.append((option.id, value))
                } else {
                    throw .usage("option requires an argument -- '\(letter)'")
                }
                return
            }
        }
    }
}
