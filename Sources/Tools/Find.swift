import Patterns

extension Tool {
    static let find = Tool(
        "find", summary: "finds files below folders", usage: "[FOLDER]... [EXPRESSION]",
        examples: [
            "find . -name '*.yaml'", "find manifests -type f -exec grep -l nginx {} +",
        ], takesOptions: false
    ) { call throws(ToolStop) in
        var words = call.arguments[...]
        while let word = words.first, ["-H", "-L", "-P"].contains(word) {
            words = words.dropFirst()
        }
        let paths = words.prefix { !$0.hasPrefix("-") && $0 != "(" && $0 != "!" }
        var parser = FindParser(words.dropFirst(paths.count))
        let expression = try parser.parse()
        var search = FindSearch(
            call: call, expression: expression, minimum: parser.minimum, maximum: parser.maximum,
            isDeepFirst: parser.isDeepFirst)
        return try search.run(paths.isEmpty ? ["."] : Array(paths))
    }
}

/// What is asked of each file, from left to right.
private indirect enum FindTest {
    case all([FindTest])
    case any([FindTest])
    case not(FindTest)
    case name(Glob, ignoresCase: Bool)
    case path(Glob)
    case kind(Character)
    case isEmpty
    /// In units of so many bytes: fewer, exactly or more.
    case size(Int, unit: Int, sign: Character)
    case newer(String)
    case print(end: String)
    case list
    case delete
    case prune
    case quit
    case run([String], isMany: Bool, number: Int)
    case constant(Bool)
}

private struct FindParser {
    private var rest: ArraySlice<String>
    private(set) var minimum = 0
    private(set) var maximum = Int.max
    private(set) var isDeepFirst = false
    private var acts = false
    private var commands = 0
    private var depth = 0

    /// Brackets inside one another. Bounds the stack.
    private static let maximumDepth = 50

    init(_ words: ArraySlice<String>) { rest = words }

    /// The whole expression; without an action it prints.
    mutating func parse() throws(ToolStop) -> FindTest {
        if rest.isEmpty { return .print(end: "\n") }
        let test = try alternatives()
        if let word = rest.first {
            throw .failure(
                word == ")"
                    ? "invalid expression; you have used ')' without a matching '('."
                    : "paths must precede expression: `\(word)'")
        }
        return acts ? test : .all([test, .print(end: "\n")])
    }

    private mutating func alternatives() throws(ToolStop) -> FindTest {
        var tests = [try sequence()]
        while let word = rest.first, word == "-o" || word == "-or" {
            rest = rest.dropFirst()
            tests.append(try sequence())
        }
        return tests.count == 1 ? tests[0] : .any(tests)
    }

    private mutating func sequence() throws(ToolStop) -> FindTest {
        var tests: [FindTest] = []
        while let word = rest.first, word != "-o", word != "-or", word != ")" {
            if word == "-a" || word == "-and" {
                rest = rest.dropFirst()
                continue
            }
            tests.append(try one())
        }
        return .all(tests)
    }

    private mutating func one() throws(ToolStop) -> FindTest {
        let word = rest.removeFirst()
        switch word {
        case "!", "-not":
            guard !rest.isEmpty else { throw .failure("expected an expression after '\(word)'") }
            depth += 1
            defer { depth -= 1 }
            if depth > Self.maximumDepth { throw .failure("too many brackets") }
            return .not(try one())
        case "(":
            depth += 1
            defer { depth -= 1 }
            if depth > Self.maximumDepth { throw .failure("too many brackets") }
            let inner = try alternatives()
            guard rest.popFirst() == ")" else {
                throw .failure(
                    "invalid expression; I was expecting to find a ')' somewhere but did not see one."
                )
            }
            return inner
        case "-name": return .name(Glob(try argument(word)), ignoresCase: false)
        case "-iname": return .name(Glob(try argument(word).lowercased()), ignoresCase: true)
        case "-path", "-wholename": return .path(Glob(try argument(word)))
        case "-type": return .kind(try kind(try argument(word)))
        case "-maxdepth": return try levels(word) { $0.maximum = $1 }
        case "-mindepth": return try levels(word) { $0.minimum = $1 }
        case "-empty": return .isEmpty
        case "-size": return try size(try argument(word))
        case "-newer": return .newer(try argument(word))
        case "-depth":
            isDeepFirst = true
            return .constant(true)
        case "-true", "-follow", "-xdev", "-mount", "-noleaf": return .constant(true)
        case "-false": return .constant(false)
        case "-prune": return .prune
        default: return try action(word)
        }
    }

    private mutating func action(_ word: String) throws(ToolStop) -> FindTest {
        switch word {
        case "-print":
            acts = true
            return .print(end: "\n")
        case "-print0":
            acts = true
            return .print(end: "\0")
        case "-ls":
            acts = true
            return .list
        case "-delete":
            acts = true
            isDeepFirst = true
            return .delete
        case "-quit": return .quit
        case "-exec", "-ok", "-execdir":
            acts = true
            commands += 1
            var words: [String] = []
            while let next = rest.popFirst() {
                if next == ";" { return .run(words, isMany: false, number: commands) }
                if next == "+", words.last == "{}" {
                    return .run(Array(words.dropLast()), isMany: true, number: commands)
                }
                words.append(next)
            }
            throw .failure("missing argument to `\(word)'")
        default: throw .failure("unknown predicate `\(word)'")
        }
    }

    private mutating func argument(_ word: String) throws(ToolStop) -> String {
        guard let value = rest.popFirst() else { throw .failure("missing argument to `\(word)'") }
        return value
    }

    private func kind(_ text: String) throws(ToolStop) -> Character {
        guard text.count == 1, let letter = text.first, "fdlbcps".contains(letter) else {
            throw .failure("Unknown argument to -type: \(text)")
        }
        return letter
    }

    private mutating func levels(
        _ word: String, _ set: (inout FindParser, Int) -> Void
    ) throws(ToolStop) -> FindTest {
        let text = try argument(word)
        guard let number = Int(text), number >= 0 else {
            throw .failure(
                "Expected a positive decimal integer argument to \(word), but got \(text.quoted)"
            )
        }
        set(&self, number)
        return .constant(true)
    }

    private func size(_ text: String) throws(ToolStop) -> FindTest {
        let units: [Character: Int] = [
            "c": 1, "w": 2, "b": 512, "k": 1024, "M": 1 << 20, "G": 1 << 30,
        ]
        var digits = text[...]
        let sign = digits.first.flatMap { "+-".contains($0) ? $0 : nil }
        if sign != nil { digits.removeFirst() }
        let unit = digits.last.flatMap { units[$0] }
        if unit != nil { digits.removeLast() }
        guard let number = Int(digits), number >= 0 else {
            throw .failure("Invalid argument `\(text)' to -size")
        }
        return .size(number, unit: unit ?? 512, sign: sign ?? "=")
    }
}

/// Goes through the folders.
private struct FindSearch {
    let call: ToolCall
    let expression: FindTest
    let minimum: Int
    let maximum: Int
    let isDeepFirst: Bool
    private var status: Int32 = 0
    private var isPruned = false
    private var hasQuit = false
    /// The files that wait for the commands that get many, by the command's number.
    private var waiting: [Int: (words: [String], paths: [String])] = [:]

    init(call: ToolCall, expression: FindTest, minimum: Int, maximum: Int, isDeepFirst: Bool) {
        self.call = call
        self.expression = expression
        self.minimum = minimum
        self.maximum = maximum
        self.isDeepFirst = isDeepFirst
    }

    mutating func run(_ paths: [String]) throws(ToolStop) -> Int32 {
        for path in paths {
            guard call.context.files.kind(of: call.resolve(path)) != nil else {
                call.complain("\(path.quoted): No such file or directory")
                status = 1
                continue
            }
            try visit(path)
        }
        for number in waiting.keys.sorted() {
            guard let command = waiting[number], !command.paths.isEmpty else { continue }
            if try call.run(command.words + command.paths, input: ToolInput()) != 0 { status = 1 }
        }
        return status
    }

    /// A path and everything below it; what is still to be seen waits here instead of on the stack.
    private mutating func visit(_ path: String) throws(ToolStop) {
        var open: [(path: String, depth: Int, isEntered: Bool)] = [(path, 0, false)]
        while let (path, depth, isEntered) = open.popLast(), !hasQuit {
            try call.step()
            let full = call.resolve(path)
            let isFolder = call.context.files.kind(of: full) == .directory
            isPruned = false
            if !isDeepFirst || isEntered || !isFolder, depth >= minimum {
                _ = try holds(expression, path)
            }
            guard isFolder, !isEntered, !isPruned, depth < maximum else { continue }
            if isDeepFirst { open.append((path, depth, true)) }
            let names = (try? call.context.files.list(full)) ?? []
            open += names.reversed().map { (PathText.joined(path, $0), depth + 1, false) }
        }
    }

    private mutating func holds(_ test: FindTest, _ path: String) throws(ToolStop) -> Bool {
        switch test {
        case .all(let tests):
            for test in tests where try !holds(test, path) { return false }
            return true
        case .any(let tests):
            for test in tests where try holds(test, path) { return true }
            return false
        case .not(let test): return try !holds(test, path)
        case .name(let glob, let ignoresCase):
            let name = PathText.last(of: path)
            return glob.matches(ignoresCase ? name.lowercased() : name)
        case .path(let glob): return glob.matches(path)
        case .kind(let letter):
            let kind = call.context.files.kind(of: call.resolve(path))
            return letter == "f" && kind == .file || letter == "d" && kind == .directory
        case .isEmpty:
            let full = call.resolve(path)
            let files = call.context.files
            return files.kind(of: full) == .directory
                ? (try? files.list(full))?.isEmpty ?? false
                : (try? files.read(full))?.isEmpty ?? false
        case .size(let number, let unit, let sign):
            guard let size = FileFacts(path, call)?.size else { return false }
            let units = (size + unit - 1) / unit
            return sign == "+" ? units > number : sign == "-" ? units < number : units == number
        case .newer(let other):
            guard let limit = FileFacts(other, call)?.time, let own = FileFacts(path, call)?.time
            else { return false }
            return own.milliseconds > limit.milliseconds
        case .constant(let value): return value
        case .print, .list, .delete, .prune, .quit, .run: return try act(test, path)
        }
    }

    private mutating func act(_ action: FindTest, _ path: String) throws(ToolStop) -> Bool {
        switch action {
        case .print(let end): call.output.write(path + end)
        case .list: _ = try call.run(["ls", "-ld", path], input: ToolInput())
        case .prune: isPruned = true
        case .quit: hasQuit = true
        case .delete:
            do throws(ToolFileProblem) {
                try call.context.files.remove(call.resolve(path), recursive: false)
            } catch {
                call.complain("cannot delete \(path.quoted): \(error.reason)")
                status = 1
                return false
            }
        case .run(let words, isMany: true, let number):
            waiting[number, default: (words, [])].paths.append(path)
        case .run(let words, isMany: false, _):
            let filled = words.map { word in
                word.split(separator: "{}", omittingEmptySubsequences: false).joined(
                    separator: path)
            }
            guard !filled.isEmpty else { return false }
            return try call.run(filled, input: ToolInput()) == 0
        case .all, .any, .not, .name, .path, .kind, .isEmpty, .size, .newer, .constant: break
        }
        return true
    }
}
