import Language
import Tools
import Verbs

/// What somebody at a prompt gives to the commands of a session. A script has nothing of it.
package struct Desk {
    /// Reads a line that is typed as the input of a command; nil at its end.
    package var readLine: (() -> [UInt8]?)?
    /// Whether Ctrl-C ended such reading: the statement ends with it.
    package var hasLeft = false
    /// What was typed, the oldest first.
    package var history: () -> [String] = { [] }
    /// Empties the screen.
    package var clearScreen: () -> Void = {}
    /// Writes a file on the disk.
    package var disk: (any DiskWriter)?

    package init() {}
}

/// What writes to the disk for `save`.
package protocol DiskWriter {
    /// What is at a path of the disk.
    func occupant(_ path: String) -> DiskOccupant
    /// Writes a file, with the folders above it. Throws where that cannot be.
    func write(_ bytes: [UInt8], to path: String) throws(FileProblem)
}

/// What is at a path of the disk.
package enum DiskOccupant: Equatable {
    case nothing
    case file([UInt8])
    /// A folder, a link or a device.
    case other
}

extension Session {
    package func terminalEditor(_ line: String?, program: String) -> TextEditor? {
        terminalEditor?(line, program)
    }

    package var typedInput: (() -> [UInt8]?)? { desk.readLine }

    package var history: [String] { desk.history() }

    package func clearScreen() { desk.clearScreen() }

    package var isAtRest: Bool { cluster.isAtRest }

    // MARK: Saving

    package var savedFiles: [String] {
        files.memory.allFiles.filter { !$0.hasPrefix("dev/") && !$0.hasPrefix("tmp/kubectl-edit-") }
    }

    package func save(
        _ path: String, to place: String, replaces: Bool
    ) throws(VerbError) -> Bool {
        guard let disk = desk.disk, place != "" else {
            throw .message(
                "a script changes nothing on the disk: `save` is for somebody at a prompt")
        }
        let bytes: [UInt8]
        do throws(ToolFileProblem) {
            bytes = try sessionFiles.read(path.hasPrefix("/") ? path : "/" + path)
        } catch {
            throw .message("\(path): \(error.reason.lowercased())")
        }
        switch disk.occupant(place) {
        case .file(bytes): return false
        case .file where !replaces:
            throw .message("\(place) is on the disk with another text; --force replaces it")
        case .other: throw .message("\(place) is on the disk, and no file")
        case .nothing, .file: break
        }
        do throws(FileProblem) {
            try disk.write(bytes, to: place)
        } catch {
            throw .message("\(place): \(error.message)")
        }
        return true
    }
}
