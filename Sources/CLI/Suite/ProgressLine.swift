import Glibc
import Session

/// The last line of a terminal while a suite runs: how far it is. Nothing where nobody looks.
final class ProgressLine {
    private let isShown: Bool
    private let output = OutputFile(2, name: "standard error")
    private var isDrawn = false
    private var lastDrawn: Int64 = 0

    init() {
        isShown = isatty(2) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    /// Whether somebody looks, and the last line is no longer fresh.
    var isDue: Bool { isShown && WallClock.microseconds() - lastDrawn > 90_000 }

    /// Shows a line in place of the one before.
    func draw(_ text: String) {
        lastDrawn = WallClock.microseconds()
        var size = winsize()
        let columns =
            ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
            ? Int(size.ws_col) : 80
        output.write("\r\u{1B}[K" + text.prefix(columns - 1))
        output.flush()
        isDrawn = true
    }

    /// Makes room for what is there to stay.
    func erase() {
        guard isDrawn else { return }
        output.write("\r\u{1B}[K")
        output.flush()
        isDrawn = false
        lastDrawn = 0
    }
}
