import CReadline
import Glibc

/// The program that shows long texts: `$DRYDOCK_PAGER`, `$PAGER` or `less`. An empty one, and `cat`, are
/// none.
package struct Pager {
    private let line: String

    package init?() {
        let named = Self.variable("DRYDOCK_PAGER") ?? Self.variable("PAGER") ?? "less"
        let line = named.split(separator: " ").joined(separator: " ")
        guard !line.isEmpty, line != "cat", Self.variable("TERM") != "dumb" else { return nil }
        self.line = line
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Shows a text and waits until whoever reads it has seen enough. Answers whether it could.
    package func show(_ text: String) -> Bool {
        // As git does it: colours pass, and a text that fits is no page.
        if getenv("LESS") == nil { setenv("LESS", "FRX", 1) }
        var arguments = ["/bin/sh", "-c", line].map { (word: String) in strdup(word) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var text = text
        let end = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                drydock_page(&arguments, bytes.baseAddress, bytes.count)
            }
        }
        return end != DRYDOCK_MISSING
    }
}

extension Screen.Window {
    /// The size of the terminal that standard output is; nil where it is none.
    package static func ofStandardOutput() -> Screen.Window? {
        var size = winsize()
        guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0,
            size.ws_col > 0
        else { return nil }
        return Screen.Window(rows: Int(size.ws_row), columns: Int(size.ws_col))
    }
}
