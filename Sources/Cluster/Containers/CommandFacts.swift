import Containers
import Model
import Tools
import Value

/// What a container's own command lets expect, worked out once for all pods of a template.
struct CommandFacts {
    /// Whether it may write to a volume: then its runs are remembered.
    var isScripted = false
    /// Whether its end depends on what it finds, and all of its programs are known: then it is run from its
    /// beginning, and the container ends when it does.
    var isLive = false
    /// Whether it waits in a loop for something, so that it may never end.
    var waits = false
    /// Whether it never ends once it has come to its last loop, and may end before that
    /// (`test -f x || exit 1; sleep infinity`).
    var isEndlessAtLast = false
    /// Whether it is a shell that reads what somebody types (`run -it … -- sh`).
    var isPrompt = false
    /// Whether all of its files are known: those of its image, and what its own command makes of them.
    var isKnown = false

    private static let writers: Set<String> = [
        "sh", "bash", "ash", "dash", "touch", "cp", "mkdir", "tee", "dd", "mv", "rm", "ln", "sed",
        "tar",
        "wget", "curl", "git",
    ]
    private static let shells: Set<String> = ["sh", "bash", "ash", "dash"]

    /// Programs whose success follows from their words alone.
    private static let plain: Set<String> = [
        "sleep", "echo", "printf", "true", "false", "exit", "date", "hostname", "env", "mkdir",
        "touch",
        "pwd", ":", "id", "uname", "export", "cd", "set", "trap",
    ]

    /// Programs whose success does not depend on files, which are not known of every image.
    private static let asking: Set<String> = [
        "nslookup", "dig", "getent", "wget", "curl", "nc", "ping", "exec", "sh", "break",
        "continue",
        "return", "shift", "kill", "timeout", "seq",
    ]

    init(_ spec: Value) {
        let command = spec[.command].elements
        let words = (command.isEmpty ? [] : command) + spec[.args].elements
        let texts = words.compactMap(\.string)
        guard let first = texts.first?.split(separator: "/").last.map(String.init) else {
            let image = ContainerImage(spec.text(.image))
            let entry = image.entryPoint.first?.split(separator: "/").last.map(String.init) ?? ""
            isPrompt = spec.flag(.stdin) && Self.shells.contains(entry)
            isKnown = image.processTitle != nil || isPrompt
            return
        }
        let mountsVolume = spec[.volumeMounts].elements.contains { !$0.flag(.readOnly) }
        isScripted = mountsVolume && Self.writers.contains(first)
        let image = ContainerImage(spec.text(.image))
        guard image.hasShell else { return }
        guard Self.shells.contains(first) else {
            // One program with its arguments.
            isKnown = Self.isProgram(first)
            isLive =
                isKnown && (image.isKnown || Self.asking.contains(first))
                && !Self.plain.contains(first) && !texts.contains { $0 == "-f" || $0 == "-F" }
            return
        }
        guard let flag = texts.dropFirst().first else {
            isPrompt = spec.flag(.stdin)
            isKnown = true
            return
        }
        guard flag.hasPrefix("-"), flag.contains("c"), texts.count > 2,
            let node = try? ShellParser.parse(texts[2])
        else { return }
        let survey = ShellSurvey(node)
        let isWhole = !survey.hasUnknownNames && survey.names.allSatisfy(Self.isProgram)
        isKnown = isWhole
        waits = survey.waits
        let needsFiles = survey.names.contains {
            !Self.plain.contains($0) && !Self.asking.contains($0)
        }
        isEndlessAtLast = survey.isEndless && survey.names.contains { $0 == "exit" || $0 == "set" }
        isLive =
            isWhole && (!survey.isEndless || isEndlessAtLast) && (image.isKnown || !needsFiles)
            && (survey.decides || survey.names.contains { !Self.plain.contains($0) })
    }

    /// Whether simulated containers have a program of this name, or the shell itself.
    private static func isProgram(_ name: String) -> Bool {
        if ShellMachine.isBuiltin(name) || shells.contains(name) { return true }
        let last = name.split(separator: "/").last.map(String.init) ?? name
        // Servers run on, whatever their programs say of themselves.
        return ProgramRegistry.program(named: last)?.images.isEmpty == true
            || ContainerSpace.tool(named: last) != nil
            || ClusterPrograms.all.contains { $0.answers(to: last) }
    }

    /// Whether a probe's command asks only for what simulated containers know.
    static func isKnownProbe(_ words: [String]) -> Bool {
        guard let first = words.first?.split(separator: "/").last.map(String.init) else {
            return false
        }
        guard shells.contains(first) else { return isProgram(first) }
        guard words.count > 2, words[1].hasPrefix("-"), words[1].contains("c"),
            let node = try? ShellParser.parse(words[2])
        else { return false }
        let survey = ShellSurvey(node)
        return !survey.hasUnknownNames && survey.names.allSatisfy(isProgram)
    }
}
