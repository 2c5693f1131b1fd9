/// Paths of containers as texts.
package enum ContainerPath {
    /// The absolute path that `path` means in `folder`, without `.`, `..` and double slashes.
    package static func resolved(_ path: String, in folder: String) -> String {
        var parts: [Substring] = []
        let full = path.hasPrefix("/") ? path : folder + "/" + path
        for part in full.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// `path` inside `folder`.
    package static func joined(_ folder: String, _ path: String) -> String {
        folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }

    /// `c` of `a/b/c/`; `/` of `/`.
    package static func last(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? "/"
    }

    /// `/a/b` of `/a/b/c`.
    package static func folder(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
}
