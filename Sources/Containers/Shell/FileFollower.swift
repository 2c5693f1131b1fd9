import Tools

/// `tail -f`: shows what is added to files.
final class FileFollower {
    /// How often it looks, in milliseconds (coreutils: once a second).
    static let interval: Int64 = 1_000

    private var files: [(path: String, shown: Int)]
    private let hasHeadings: Bool
    private var last: String

    /// - Parameter files: paths, with how many bytes of each were shown already.
    init(_ files: [(path: String, shown: Int)]) {
        self.files = files
        hasHeadings = files.count > 1
        last = files.last?.path ?? ""
    }

    /// Shows what is new. A file that is shorter than before is shown from its beginning.
    func poll(_ container: ContainerFiles, _ output: ToolOutput) {
        for index in files.indices {
            guard let bytes = try? container.read(files[index].path) else { continue }
            if bytes.count < files[index].shown { files[index].shown = 0 }
            guard bytes.count > files[index].shown else { continue }
            if hasHeadings, last != files[index].path {
                output.write("\n==> \(files[index].path) <==\n")
                last = files[index].path
            }
            output.write(bytes[files[index].shown...])
            files[index].shown = bytes.count
        }
    }
}
