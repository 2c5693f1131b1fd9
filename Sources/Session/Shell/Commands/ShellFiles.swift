/// Commands on files of the folder in memory.
enum ShellFiles {
    static let all: [ShellBuiltin] = [
        ShellBuiltin("cat", cat),
        ShellBuiltin("tee", tee),
        ShellBuiltin("ls", list),
        ShellBuiltin("mkdir", makeDirectory),
        ShellBuiltin("rm", remove),
        ShellBuiltin("rmdir", remove),
        ShellBuiltin("touch", touch),
        ShellBuiltin("cp", copy),
        ShellBuiltin("mv", copy),
        ShellBuiltin("base64", base64),
    ]

    private static func cat(_ call: ShellCall) -> Int32 {
        let numbers = call.arguments.contains("-n")
        var number = 0
        let operands = call.arguments.filter { $0 == "-" || !$0.hasPrefix("-") }
        let failed = call.eachText(operands) { _, text in
            guard numbers else {
                call.print(text)
                return
            }
            for line in ShellCall.lines(of: text) {
                number += 1
                let padding = String(repeating: " ", count: max(0, 6 - String(number).count))
                call.print("\(padding)\(number)\t\(line)\n")
            }
        }
        return failed ? 1 : 0
    }

    private static func tee(_ call: ShellCall) -> Int32 {
        let text = call.streams.input.readAll()
        call.print(text)
        let append = call.arguments.contains("-a")
        var status: Int32 = 0
        for path in call.arguments where !path.hasPrefix("-") && path != "/dev/null" {
            let full = call.shell.resolve(path)
            do {
                if append {
                    try call.shell.folder.append(text, to: full)
                } else {
                    try call.shell.folder.write(text, to: full)
                }
            } catch {
                status = call.fail("\(path): \(error)")
            }
        }
        return status
    }

    private static func list(_ call: ShellCall) -> Int32 {
        let names = call.arguments.filter { !$0.hasPrefix("-") }
        if call.arguments.contains(where: { $0.hasPrefix("-") && !["-1", "-a", "-A"].contains($0) })
        {
            return call.fail("only -1, -a and -A are supported", status: 2)
        }
        let showsHidden = call.arguments.contains { $0 == "-a" || $0 == "-A" }
        var status: Int32 = 0
        let paths = names.isEmpty ? ["."] : names
        for path in paths.filter({ !call.shell.folder.isDirectory(call.shell.resolve($0)) }) {
            if call.shell.folder.exists(call.shell.resolve(path)) {
                call.print(path + "\n")
            } else {
                status = call.fail("cannot access '\(path)': No such file or directory", status: 2)
            }
        }
        for path in paths {
            guard let entries = try? call.shell.folder.list(call.shell.resolve(path)) else {
                continue
            }
            if paths.count > 1 { call.print("\(path):\n") }
            for entry in entries where showsHidden || !entry.hasPrefix(".") {
                call.print(entry + "\n")
            }
        }
        return status
    }

    private static func makeDirectory(_ call: ShellCall) -> Int32 {
        let parents = call.arguments.contains("-p")
        var status: Int32 = 0
        for path in call.arguments where !path.hasPrefix("-") {
            do {
                try call.shell.folder.makeDirectory(call.shell.resolve(path), parents: parents)
            } catch {
                status = call.fail("cannot create directory '\(path)': \(error)")
            }
        }
        return status
    }

    private static func remove(_ call: ShellCall) -> Int32 {
        let options = call.arguments.filter { $0.hasPrefix("-") }.joined()
        let recursive = options.contains("r") || options.contains("R")
        var status: Int32 = 0
        for path in call.arguments where !path.hasPrefix("-") {
            let full = call.shell.resolve(path)
            do {
                if call.shell.folder.isDirectory(full), !recursive, call.name == "rm" {
                    throw MemoryFolder.Failure.isDirectory
                }
                try call.shell.folder.remove(full, recursive: recursive)
            } catch {
                if case MemoryFolder.Failure.notFound = error, options.contains("f") { continue }
                let what = call.name == "rm" ? "cannot remove" : "failed to remove"
                status = call.fail("\(what) '\(path)': \(error)")
            }
        }
        return status
    }

    private static func touch(_ call: ShellCall) -> Int32 {
        var status: Int32 = 0
        for path in call.arguments where !path.hasPrefix("-") {
            let full = call.shell.resolve(path)
            if call.shell.folder.exists(full) { continue }
            do {
                try call.shell.folder.write("", to: full)
            } catch {
                status = call.fail("cannot touch '\(path)': \(error)")
            }
        }
        return status
    }

    /// `cp` and `mv` of files.
    private static func copy(_ call: ShellCall) -> Int32 {
        let paths = call.arguments.filter { !$0.hasPrefix("-") }
        guard paths.count >= 2 else { return call.fail("missing file operand") }
        let folder = call.shell.folder
        let goal = paths[paths.count - 1]
        var status: Int32 = 0
        for path in paths.dropLast() {
            let source = call.shell.resolve(path)
            var target = call.shell.resolve(goal)
            if folder.isDirectory(target) {
                target += "/" + (path.split(separator: "/").last ?? "")
            }
            do {
                try folder.write(try folder.read(source), to: target)
                let isSame = MemoryFolder.normalize(source) == MemoryFolder.normalize(target)
                if call.name == "mv", !isSame { try folder.remove(source) }
            } catch {
                status = call.fail(
                    "cannot \(call.name == "mv" ? "move" : "stat") '\(path)': \(error)")
            }
        }
        return status
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// `base64` and `base64 -d`, which people use to read Secrets.
    private static func base64(_ call: ShellCall) -> Int32 {
        let options = call.arguments.filter { $0.hasPrefix("-") && $0 != "-" }
        let (texts, failed) = call.texts(call.arguments.filter { !$0.hasPrefix("-") && $0 != "0" })
        let bytes = Array(texts.map(\.text).joined().utf8)
        if options.contains("-d") || options.contains("--decode") {
            var bits = 0
            var buffer: UInt32 = 0
            var decoded: [UInt8] = []
            for byte in bytes where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "=") {
                guard let value = alphabet.firstIndex(of: byte) else {
                    call.print(String(decoding: decoded, as: UTF8.self))
                    return call.fail("invalid input")
                }
                buffer = buffer << 6 | UInt32(value)
                bits += 6
                if bits >= 8 {
                    bits -= 8
                    decoded.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
                }
            }
            call.print(String(decoding: decoded, as: UTF8.self))
            return failed ? 1 : 0
        }
        let text = encoded(bytes)
        let isOneLine = options.contains { $0.hasPrefix("-w") || $0 == "--wrap=0" }
        var rest = text[...]
        while !rest.isEmpty {
            let line = isOneLine ? rest : rest.prefix(76)
            call.print(String(line) + (isOneLine ? "" : "\n"))
            rest = rest.dropFirst(line.count)
        }
        return failed ? 1 : 0
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value =
                group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for index in 0..<4 {
                let digit = Int(value >> UInt32(18 - 6 * index) & 63)
                result.append(index <= group.count ? alphabet[digit] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
