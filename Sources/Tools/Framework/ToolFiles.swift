/// Why a file could not be used, in the words of the system's errors.
package struct ToolFileProblem: Error, Equatable {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    package static let notFound = ToolFileProblem("No such file or directory")
    package static let isDirectory = ToolFileProblem("Is a directory")
    package static let notDirectory = ToolFileProblem("Not a directory")
    package static let exists = ToolFileProblem("File exists")
    package static let notEmpty = ToolFileProblem("Directory not empty")
    package static let notPermitted = ToolFileProblem("Operation not permitted")
}

/// The files that tools see. Paths are absolute, without `.` and `..` parts; `/` is the root.
package protocol ToolFiles: AnyObject {
    func read(_ path: String) throws(ToolFileProblem) -> [UInt8]
    /// Creates or replaces a file; its folder must exist.
    func write(_ bytes: [UInt8], to path: String) throws(ToolFileProblem)
    /// Adds to the end of a file, creating it if need be.
    func append(_ bytes: [UInt8], to path: String) throws(ToolFileProblem)
    /// Removes a file, or a folder: with everything in it if `recursive`, else only an empty one.
    func remove(_ path: String, recursive: Bool) throws(ToolFileProblem)
    /// Gives a file or folder another name; a file there is replaced.
    func rename(_ path: String, to other: String) throws(ToolFileProblem)
    /// The names in a folder, in byte order.
    func list(_ path: String) throws(ToolFileProblem) -> [String]
    /// Makes a folder; with `parents`, also those above it, and an existing one is no error.
    func makeDirectory(_ path: String, parents: Bool) throws(ToolFileProblem)
    func kind(of path: String) -> ToolFileKind?
    /// When a file or folder was written in the session, in milliseconds of virtual time; nil for what was
    /// there before.
    func written(_ path: String) -> Int64?
}

extension ToolFiles {
    package func written(_ path: String) -> Int64? { nil }
}

package enum ToolFileKind: Sendable {
    case file, directory
}
