import Glibc
import Learner
import Session
import struct Verbs.FileProblem

/// The file of a learner's progress: read before each change and replaced as a whole, so that two terminals do not
/// undo each other's.
package final class ProgressStore {
    /// What a learner must know of the file, once.
    package enum Remark: Equatable {
        case damaged(reason: String, keptAs: String)
        case newer(version: Int)
        case unwritten(reason: String)
    }

    /// Nil where there is no home: then nothing is kept.
    package let path: String?
    package private(set) var progress: Progress
    private var remarks: [Remark] = []
    /// A later drydock has written the file: it stays as it is.
    private var isForeign = false

    /// Bytes that are read at most.
    private static let limit = 16 << 20

    /// - Parameters:
    ///   - path: of the file, in a folder that exists.
    ///   - salt: draws the variants of a learner who begins now.
    package init(path: String?, salt: UInt64) {
        self.path = path
        progress = Progress(salt: salt)
        read()
    }

    /// Where progress is kept: the XDG state folder. Makes the folder.
    package static func standardPath() -> String? {
        HistoryFile.folder().map { "\($0)/learn.json" }
    }

    /// What has happened to the file since this was last asked.
    package func takeRemarks() -> [Remark] {
        defer { remarks = [] }
        return remarks
    }

    /// Changes what is kept.
    package func update(_ change: (inout Progress) -> Void) {
        guard let path, !isForeign else { return change(&progress) }
        let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if lock >= 0 { flock(lock, LOCK_EX) }
        defer { if lock >= 0 { close(lock) } }
        read()
        change(&progress)
        if isForeign { return }
        do throws(FileProblem) {
            try LocalDisk(folder: ".").write(Array(ProgressCoding.text(progress).utf8), to: path)
        } catch {
            let remark = Remark.unwritten(reason: error.message)
            if !remarks.contains(remark) { remarks.append(remark) }
        }
    }

    /// Takes what the file has; a file that cannot be read is kept aside.
    private func read() {
        guard let path, DiskFile.exists(path) else { return }
        let text: String
        do throws(FileProblem) {
            text = try DiskFile.text(path, atMost: Self.limit)
        } catch {
            return keepAside(path, error.message)
        }
        do throws(ProgressCoding.Problem) {
            progress = try ProgressCoding.progress(text)
        } catch {
            switch error {
            case .damaged(let reason): keepAside(path, reason)
            case .newer(let version):
                isForeign = true
                remarks.append(.newer(version: version))
            }
        }
    }

    private func keepAside(_ path: String, _ reason: String) {
        var number = 1
        while DiskFile.exists("\(path).damaged-\(number)") { number += 1 }
        let aside = "\(path).damaged-\(number)"
        rename(path, aside)
        remarks.append(.damaged(reason: reason, keptAs: aside))
    }
}

/// A file that is written because a learner asked for it.
package enum LearnFile {
    /// Replaces a file as a whole, and makes the folders before it.
    package static func write(_ text: String, to path: String) throws(FileProblem) {
        try LocalDisk(folder: ".").write(Array(text.utf8), to: path)
    }
}
