import Foundation

/// A folder with scripts and what `drydock` does in it.
struct SuiteFolder {
    let url: URL

    /// - Parameter files: texts by path.
    static func with<T>(
        _ files: [String: String], _ body: (SuiteFolder) throws -> T
    ) throws -> T {
        try Program.withFolder { url in
            let folder = SuiteFolder(url: url)
            for (path, text) in files { try folder.write(text, to: path) }
            return try body(folder)
        }
    }

    func write(_ text: String, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func read(_ path: String) -> String? {
        try? String(contentsOf: url.appending(path: path), encoding: .utf8)
    }

    /// Lines of a shell that wait until the one worker of the suite `$pid` has computed for a second more: then it is
    /// at work in what never ends. Its number is `$worker` from then on.
    static let untilItIsBusy = """
        worker=$(echo $(ps -o pid= --ppid $pid)); n=0
        ticks() { cut -d' ' -f14 /proc/$worker/stat; }
        from=$(ticks)
        until [ $(($(ticks) - from)) -ge 100 ]; do
          n=$((n + 1)); [ $n -gt 1600 ] && exit 9; sleep 0.05
        done
        """

    /// What a line of a shell prints, without what depends on the weather.
    func shell(_ line: String) throws -> Program.Result {
        let result = try Program.shell(line, in: url)
        return Program.Result(
            output: WallTime.hidden(in: result.output), exitCode: result.exitCode)
    }
}

/// Times by the clock on the wall, which no test can foretell.
enum WallTime {
    static func hidden(in text: String) -> String {
        text.replacing(#/ in [0-9.hms]+ on the clock/#, with: " in … on the clock")
    }
}
