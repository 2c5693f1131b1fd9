/// The lines of the files of a call, with a look at whether more follow.
struct SedInput {
    private let call: ToolCall
    private let settings: SedSettings
    private var files: ArraySlice<String>
    private var current: ToolInput?
    private var ahead: ToolLine?
    /// The number of the line read last.
    private(set) var number = 0
    /// The file it is from.
    private(set) var name = "-"
    /// 2 when a file could not be read.
    private(set) var status: Int32 = 0

    init(_ call: ToolCall, _ files: [String], _ settings: SedSettings) {
        self.call = call
        self.settings = settings
        self.files = files.isEmpty ? ["-"] : files[...]
    }

    /// The next line; nil behind the last one of all files.
    mutating func read(_ output: inout SedOutput) throws(ToolStop) -> ToolLine? {
        if let line = ahead {
            ahead = nil
            number += 1
            return line
        }
        while true {
            if let line = current?.readLine(endedBy: settings.end) {
                number += 1
                return line
            }
            try finish(&output)
            guard let path = files.popFirst() else { return nil }
            open(path, &output)
        }
    }

    private mutating func open(_ path: String, _ output: inout SedOutput) {
        if settings.isInPlace, call.context.files.kind(of: call.resolve(path)) == .directory {
            call.complain("couldn't edit \(path): not a regular file")
            status = 4
            return
        }
        do throws(ToolFileProblem) {
            current = try call.open(path)
        } catch {
            if error == .isDirectory {
                call.complain("read error on \(path): \(error.reason)")
                status = 4
            } else {
                call.complain("can't read \(path): \(error.reason)")
                status = 2
            }
            return
        }
        name = path
        if settings.isSeparate { number = 0 }
        if settings.isInPlace { output.file = path }
    }

    /// Whether the line read last is the last one: of its file where files are separate.
    var isLast: Bool {
        mutating get {
            if ahead != nil { return false }
            if let current, !current.isAtEnd { return false }
            if settings.isSeparate { return true }
            // Files that follow and hold nothing, or cannot be read, have no last line.
            while let path = files.first {
                guard let next = try? call.open(path) else {
                    files.removeFirst()
                    var none = SedOutput(call, isInPlace: false)
                    open(path, &none)
                    continue
                }
                if path == "-" ? !next.isAtEnd : !next.isAtEnd { return false }
                files.removeFirst()
            }
            return true
        }
    }

    /// Writes what was edited in place into its file.
    mutating func finish(_ output: inout SedOutput) throws(ToolStop) {
        current = nil
        guard let path = output.file else { return }
        let bytes = output.takeFile()
        do throws(ToolFileProblem) {
            if !settings.suffix.isEmpty {
                let name = PathText.last(of: path)
                let backup =
                    settings.suffix.contains("*")
                    ? settings.suffix.split(separator: "*", omittingEmptySubsequences: false)
                        .joined(separator: name)
                    : name + settings.suffix
                let folder = PathText.folder(of: path)
                let target =
                    backup.contains("/") || folder == "." ? backup : PathText.joined(folder, backup)
                try call.write(Array(call.open(path).readAll()), to: target)
            }
            try call.write(bytes, to: path)
        } catch {
            throw .failure("couldn't open file \(path): \(error.reason)", status: 4)
        }
    }
}

/// Where a script's output goes: standard output, or the file that is edited in place.
struct SedOutput {
    private let call: ToolCall
    private let isInPlace: Bool
    /// The file that is edited in place.
    var file: String?
    private var bytes: [UInt8] = []
    /// Whether the line written last lacks its newline, which comes before anything more.
    private var lacksNewline = false
    private var lacking: Set<String> = []

    init(_ call: ToolCall, isInPlace: Bool) {
        self.call = call
        self.isInPlace = isInPlace
    }

    /// Makes the files that commands write to empty.
    mutating func begin(_ program: SedProgram) throws(ToolStop) {
        for command in program.commands {
            switch command.action {
            case .write(let path), .writeFirst(let path): try clear(path)
            case .substitute(let substitution):
                if let path = substitution.file { try clear(path) }
            default: break
            }
        }
    }

    private func clear(_ path: String) throws(ToolStop) {
        guard path != "/dev/stdout", path != "/dev/stderr" else { return }
        do throws(ToolFileProblem) {
            try call.write([], to: path)
        } catch {
            throw .failure("couldn't open file \(path): \(error.reason)", status: 4)
        }
    }

    mutating func write(_ text: [UInt8], isEnded: Bool, endedBy end: UInt8) {
        let lead: [UInt8] = lacksNewline ? [end] : []
        lacksNewline = !isEnded
        put(lead + text + (isEnded ? [end] : []))
    }

    mutating func write(raw text: ArraySlice<UInt8>) {
        guard !text.isEmpty else { return }
        if lacksNewline { put([.newline]) }
        lacksNewline = false
        put(Array(text))
    }

    private mutating func put(_ text: [UInt8]) {
        if isInPlace { bytes += text } else { call.output.write(text) }
    }

    /// Writes a line to a file that a command names.
    mutating func write(
        _ text: [UInt8], isEnded: Bool, endedBy end: UInt8, to path: String
    ) throws(ToolStop) {
        if path == "/dev/stdout", !isInPlace {
            write(text, isEnded: isEnded, endedBy: end)
            return
        }
        let lead: [UInt8] = lacking.remove(path) == nil ? [] : [end]
        if !isEnded { lacking.insert(path) }
        do throws(ToolFileProblem) {
            try call.write(lead + text + (isEnded ? [end] : []), to: path, appending: true)
        } catch {
            throw .failure("couldn't write to \(path): \(error.reason)", status: 4)
        }
    }

    /// Takes what was written to the file that is edited in place.
    mutating func takeFile() -> [UInt8] {
        defer {
            bytes = []
            file = nil
            lacksNewline = false
        }
        return bytes
    }
}
