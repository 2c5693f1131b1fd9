import Support
import Tools

// Links, modes, sums and finding: what tools of scripts do not have.
extension ContainerProgram {
    static let ln = ContainerProgram("ln", summary: "makes symbolic links: -s -f") { call in
        let (letters, _, operands) = call.options()
        guard letters.contains("s") else {
            return call.fail("simulated files have symbolic links only: use -s")
        }
        guard operands.count == 2 else { return call.fail("missing file operand") }
        var path = call.resolve(operands[1])
        if call.files.kind(of: path) == .directory, !letters.contains("n") {
            path = ContainerPath.joined(path, ContainerPath.last(of: operands[0]))
        }
        do throws(ToolFileProblem) {
            if letters.contains("f") { try? call.files.remove(path, recursive: false) }
            try call.files.link(path, to: operands[0])
            return 0
        } catch {
            return call.fail("\(operands[1]): \(error.reason)")
        }
    }

    static let readlink = ContainerProgram("readlink", summary: "prints where a link leads: -f") {
        call in
        let (letters, _, operands) = call.options()
        guard let operand = operands.first else { return call.fail("missing operand") }
        let path = call.resolve(operand)
        if letters.contains("f") {
            guard let place = try? call.files.find(path) else { return 1 }
            call.output.write(place.path + "\n")
            return 0
        }
        guard let node = try? call.files.find(path, follows: false).node,
            case .link(let target) = node.content
        else { return 1 }
        call.output.write(target + "\n")
        return 0
    }

    static let realpath = ContainerProgram("realpath", summary: "prints a path without links") {
        call in
        for operand in call.arguments {
            do throws(ToolFileProblem) {
                call.output.write(try call.files.find(call.resolve(operand)).path + "\n")
            } catch {
                return call.fail("\(operand): \(error.reason)")
            }
        }
        return 0
    }

    static let chmod = ContainerProgram("chmod", summary: "changes modes: 644, +x, u+w, -R") {
        call in
        var words = call.arguments[...]
        let isRecursive = words.first == "-R"
        if isRecursive { words = words.dropFirst() }
        guard let mode = words.popFirst(), !words.isEmpty else {
            return call.fail("missing operand")
        }
        return change(words, isRecursive, call) { path, node throws(ToolFileProblem) in
            guard let bits = FileMode.changed(node.mode, by: mode) else {
                throw ToolFileProblem("invalid mode '\(mode)'")
            }
            try call.files.setMode(bits, of: path)
        }
    }

    static let chown = ContainerProgram("chown", summary: "changes owners by number: 1000:1000, -R")
    {
        call in
        var words = call.arguments[...]
        let isRecursive = words.first == "-R"
        if isRecursive { words = words.dropFirst() }
        guard let owner = words.popFirst(), !words.isEmpty else {
            return call.fail("missing operand")
        }
        let parts = owner.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let numbers = parts.map { part in Int(part) ?? call.space.number(ofUser: part) }
        if zip(parts, numbers).contains(where: { !$0.0.isEmpty && $0.1 == nil }) {
            return call.fail("unknown user/group \(owner)")
        }
        return change(words, isRecursive, call) { path, _ throws(ToolFileProblem) in
            try call.files.setOwner(
                numbers[0], group: numbers.count > 1 ? numbers[1] : nil, of: path)
        }
    }

    /// Does something to files, and what is below them.
    private static func change(
        _ operands: ArraySlice<String>, _ isRecursive: Bool, _ call: ProgramCall,
        _ body: (String, FileNode) throws(ToolFileProblem) -> Void
    ) -> Int32 {
        var open = operands.map { call.resolve($0) }
        while let path = open.popLast() {
            do throws(ToolFileProblem) {
                let node = try call.files.find(path).node
                try body(path, node)
                if isRecursive { open += node.names.map { ContainerPath.joined(path, $0) } }
            } catch {
                return call.fail("\(path): \(error.reason)")
            }
        }
        return 0
    }

    static let stat = ContainerProgram("stat", summary: "tells of a file: -c FORMAT") { call in
        let (_, values, operands) = call.options(valued: "c")
        for operand in operands {
            do throws(ToolFileProblem) {
                let node = try call.files.find(call.resolve(operand), follows: false).node
                let mode = String(node.mode, radix: 8)
                if let format = values["c"] {
                    var text = format
                    for (mark, value) in [
                        ("%a", mode), ("%A", FileText.mode(node)), ("%s", String(node.size)),
                        ("%u", String(node.owner)), ("%g", String(node.group)), ("%n", operand),
                        ("%U", call.space.userName(node.owner) ?? "UNKNOWN"),
                        ("%G", call.space.groupName(node.group) ?? "UNKNOWN"),
                    ] {
                        text = text.split(separator: mark, omittingEmptySubsequences: false)
                            .joined(separator: value)
                    }
                    call.output.write(text + "\n")
                } else {
                    call.output.write(
                        "  File: \(operand)\n  Size: \(node.size)\n"
                            + "Access: (0\(mode)/\(FileText.mode(node)))  Uid: (\(node.owner)/"
                            + "\(call.space.userName(node.owner) ?? "UNKNOWN"))   Gid: (\(node.group)/"
                            + "\(call.space.groupName(node.group) ?? "UNKNOWN"))\n"
                            + "Modify: \(FileText.date(node.modified, now: call.clock.now))\n")
                }
            } catch {
                return call.fail("can't stat '\(operand)': \(error.reason)")
            }
        }
        return 0
    }

    static let truncate = ContainerProgram("truncate", summary: "sets a file's size: -s SIZE") {
        call in
        let (_, values, operands) = call.options(valued: "s")
        guard let size = values["s"].flatMap({ FileMode.bytes($0) }), !operands.isEmpty else {
            return call.fail("you must specify a size")
        }
        for operand in operands {
            let path = call.resolve(operand)
            var bytes = (try? call.files.read(path)) ?? []
            bytes =
                bytes.count > size
                ? Array(bytes.prefix(size)) : bytes + Array(repeating: 0, count: size - bytes.count)
            do throws(ToolFileProblem) {
                try call.files.write(bytes, to: path)
            } catch {
                return call.fail("\(operand): \(error.reason)")
            }
        }
        return 0
    }

    static let dd = ContainerProgram("dd", summary: "copies blocks: if= of= bs= count=") { call in
        var values: [String: String] = [:]
        for word in call.arguments {
            guard let equals = word.firstIndex(of: "=") else {
                return call.fail("unrecognized operand '\(word)'")
            }
            values[String(word[..<equals])] = String(word[word.index(after: equals)...])
        }
        guard let block = FileMode.bytes(values["bs"] ?? "512"), block > 0,
            let count = values["count"].map({ Int($0) }) ?? Int.max
        else { return call.fail("invalid number") }
        let source = values["if"] ?? "-"
        let limit = count.multipliedReportingOverflow(by: block)
        let wanted = limit.overflow ? Int.max : limit.partialValue
        var bytes: [UInt8]
        do throws(ToolFileProblem) {
            switch source {
            case "-":
                bytes = Array(call.streams.input.read(atMost: min(wanted, ShellMachine.pipeBytes)))
            case "/dev/zero", "/dev/urandom", "/dev/random":
                guard wanted <= ShellMachine.pipeBytes else {
                    return call.fail(
                        "simulated files hold at most \(ShellMachine.pipeBytes >> 20) MiB")
                }
                bytes = Array(repeating: 0, count: wanted)
            default: bytes = Array(try call.files.read(call.resolve(source)).prefix(wanted))
            }
            if let target = values["of"] {
                if target != "/dev/null" { try call.files.write(bytes, to: call.resolve(target)) }
            } else {
                call.output.write(bytes)
            }
        } catch {
            return call.fail("can't open '\(source)': \(error.reason)")
        }
        let whole = bytes.count / block
        let part = bytes.count % block == 0 ? 0 : 1
        call.error.write("\(whole)+\(part) records in\n\(whole)+\(part) records out\n")
        return 0
    }

    static let md5sum = ContainerProgram("md5sum", summary: "prints MD5 sums") { call in
        sums(call) { md5($0) }
    }

    static let sha256sum = ContainerProgram("sha256sum", summary: "prints SHA-256 sums") { call in
        sums(call) { sha256($0) }
    }

    private static func sums(_ call: ProgramCall, _ sum: ([UInt8]) -> [UInt8]) -> Int32 {
        let operands = call.options().operands
        for operand in operands.isEmpty ? ["-"] : operands {
            do throws(ToolFileProblem) {
                let bytes =
                    operand == "-"
                    ? Array(call.streams.input.readAll())
                    : try call.files.read(call.resolve(operand))
                let digits = sum(bytes).map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }
                call.output.write("\(digits.joined())  \(operand)\n")
            } catch {
                return call.fail("can't open '\(operand)': \(error.reason)")
            }
        }
        return 0
    }
}

/// Modes and sizes as command lines give them.
enum FileMode {
    /// `mode` after `644`, `+x`, `u+w,g-r`; nil for what is no change.
    static func changed(_ mode: Int, by text: String) -> Int? {
        if let bits = Int(text, radix: 8), text.allSatisfy(\.isNumber) { return bits & 0o7777 }
        var mode = mode
        for clause in text.split(separator: ",") {
            let who = clause.prefix { "ugoa".contains($0) }
            let rest = clause.dropFirst(who.count)
            guard let sign = rest.first, "+-=".contains(sign) else { return nil }
            var bits = 0
            for letter in rest.dropFirst() {
                switch letter {
                case "r": bits |= 4
                case "w": bits |= 2
                case "x", "X": bits |= 1
                default: return nil
                }
            }
            for (letter, shift) in [("u", 6), ("g", 3), ("o", 0)] as [(Character, Int)]
            where who.isEmpty || who.contains("a") || who.contains(letter) {
                switch sign {
                case "+": mode |= bits << shift
                case "-": mode &= ~(bits << shift)
                default: mode = mode & ~(7 << shift) | bits << shift
                }
            }
        }
        return mode
    }

    /// `4k`, `1M`, `512`.
    static func bytes(_ text: String) -> Int? {
        let digits = text.prefix { $0.isNumber }
        guard let number = Int(digits) else { return nil }
        let units = ["": 1, "c": 1, "b": 512, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
        var unit = text.dropFirst(digits.count).lowercased()
        if unit.hasSuffix("b"), unit.count > 1 { unit.removeLast() }
        if unit.hasSuffix("i") { unit.removeLast() }
        guard let factor = units[unit] else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }
}

extension ContainerSpace {
    /// The number of a user by name.
    func number(ofUser name: String) -> Int? {
        guard let bytes = try? files.read("/etc/passwd") else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count > 2, parts[0] == name { return Int(parts[2]) }
        }
        return nil
    }
}
