#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes what commands really printed, before any normalisation, for others to compare (`--actual
/// DIR`).
package enum TranscriptActual {
    /// A file or directory that could not be written.
    package struct Failure: Error, CustomStringConvertible {
        package var path: String
        package var reason: String
        package var description: String { "\(path): \(reason)" }
    }

    /// The files of a run: `AREA/NAME/NNN.out` with the output and `AREA/NAME/NNN.rc` with the exit
    /// status, NNN counting the `$` and `~ foreground` lines from 001.
    package static func files(of run: TranscriptRun) -> [(path: String, text: String)] {
        run.results.flatMap { result -> [(path: String, text: String)] in
            let digits = String(result.number)
            let number = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            let stem = "\(run.transcript.area)/\(run.transcript.name)/\(number)"
            return [(stem + ".out", result.output), (stem + ".rc", "\(result.exitStatus)\n")]
        }
    }

    /// Writes the files of a run below a directory, which is made if need be.
    package static func write(_ run: TranscriptRun, to directory: String) throws(Failure) {
        for file in files(of: run) {
            let path = directory + "/" + file.path
            try makeDirectories(above: path)
            try write(file.text, to: path)
        }
    }

    /// Writes the order of changes of a run to `AREA/NAME/timeline`.
    package static func write(
        _ timeline: TimelineRun, of run: TranscriptRun, to directory: String
    ) throws(Failure) {
        let path = "\(directory)/\(run.transcript.area)/\(run.transcript.name)/timeline"
        try makeDirectories(above: path)
        try write(timeline.text, to: path)
    }

    private static func makeDirectories(above path: String) throws(Failure) {
        var current = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            current += "/" + part
            guard mkdir(current, 0o777) != 0, errno != EEXIST else { continue }
            throw Failure(path: current, reason: String(cString: strerror(errno)))
        }
    }

    private static func write(_ text: String, to path: String) throws(Failure) {
        guard let file = fopen(path, "w") else {
            throw Failure(path: path, reason: String(cString: strerror(errno)))
        }
        let bytes = Array(text.utf8)
        let written = fwrite(bytes, 1, bytes.count, file)
        let closed = fclose(file)
        if written < bytes.count || closed != 0 {
            throw Failure(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
