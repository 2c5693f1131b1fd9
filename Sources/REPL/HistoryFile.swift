import Glibc

/// Where history is kept: the XDG state folder, the one thing written unasked (DECISIONS 35).
enum HistoryFile {
    /// The file's path; nil where there is no home.
    static func path() -> String? { folder().map { "\($0)/history" } }

    /// The folder, made; nil where there is no home.
    static func folder() -> String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard
            let state = variable("XDG_STATE_HOME") ?? variable("HOME").map({ "\($0)/.local/state" })
        else { return nil }
        let folder = "\(state)/drydock"
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/\(part)"
            mkdir(made, 0o700)
        }
        return folder
    }
}
