import Foundation

/// What can be said of a command line without running it.
enum CommandLineCheck {
    /// What a line names that does not exist, in words.
    static func problems(_ line: String) throws -> [String] {
        let command = line.split(separator: "#", omittingEmptySubsequences: false)[0]
        let words = command.split(separator: " ").map(String.init)
        guard let program = words.first else { return [] }
        let arguments = Array(words.dropFirst())
        if program == "swift" { return try swift(arguments) }
        if program.hasPrefix("Scripts/") {
            if !exists(program) { return ["there is no \(program)"] }
            return program == "Scripts/test" ? try steps(arguments) : missingPaths(arguments)
        }
        let known = [".build/debug/drydock", ".build/debug/drydock-dev", "valgrind"]
        return known.contains(program)
            ? missingPaths(arguments) : ["\(program) is no program known here"]
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Program.root.appending(path: path).path)
    }

    /// The value after a flag.
    private static func value(of flag: String, in arguments: [String]) -> String? {
        guard let place = arguments.firstIndex(of: flag), place + 1 < arguments.count else {
            return nil
        }
        return arguments[place + 1]
    }

    private static func swift(_ arguments: [String]) throws -> [String] {
        guard ["build", "test", "format"].contains(arguments.first) else {
            return ["swift has no \(arguments.first ?? "")"]
        }
        if let target = value(of: "--target", in: arguments), !exists("Sources/\(target)") {
            return ["there is no Sources/\(target)"]
        }
        if let filter = value(of: "--filter", in: arguments), try !isTest(filter) {
            return ["no test target or suite is called \(filter)"]
        }
        return []
    }

    private static func isTest(_ name: String) throws -> Bool {
        if exists("Tests/\(name)") { return true }
        let result = try Program.shell("grep -rqE 'struct \(name)\\b' Tests")
        return result.exitCode == 0
    }

    private static func steps(_ arguments: [String]) throws -> [String] {
        let steps = try Program.shell("Scripts/test --list").output.split(separator: "\n")
            .compactMap { $0.split(separator: " ").first }
        return arguments.filter { !$0.hasPrefix("-") && !steps.contains(Substring($0)) }
            .map { "Scripts/test has no step \($0)" }
    }

    /// Scripts and folders of this repository among the arguments. Words like `run` are none.
    private static func missingPaths(_ arguments: [String]) -> [String] {
        arguments.filter {
            !$0.hasPrefix("-") && !$0.hasPrefix(".build/") && !["run", "verify"].contains($0)
                && !exists($0)
        }.map { "there is no \($0)" }
    }
}
