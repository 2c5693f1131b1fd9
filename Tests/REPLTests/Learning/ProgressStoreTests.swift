import Foundation
import Testing

@testable import REPL

@Suite("The file of progress")
struct ProgressStoreTests {
    private func path() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.appendingPathComponent("learn.json").path
    }

    @Test("two terminals do not undo each other's changes, and the salt of the first stays")
    func together() throws {
        let path = try path()
        let (first, second) = (
            ProgressStore(path: path, salt: 1), ProgressStore(path: path, salt: 2)
        )
        first.update { $0["c"]["a"].checks = 3 }
        second.update { $0["c"]["b"].checks = 5 }
        first.update { $0["c"]["a"].checks += 1 }
        let third = ProgressStore(path: path, salt: 9)
        #expect(third.progress["c"]["a"].checks == 4)
        #expect(third.progress["c"]["b"].checks == 5)
        #expect(third.progress.salt == 1)
        #expect(third.takeRemarks().isEmpty)
    }

    @Test("a damaged file is kept aside under a name that nothing had")
    func damage() throws {
        let path = try path()
        for number in 1...2 {
            try "broken \(number)".write(toFile: path, atomically: true, encoding: .utf8)
            let store = ProgressStore(path: path, salt: 1)
            let remarks = store.takeRemarks()
            guard case .damaged(_, let aside)? = remarks.first, remarks.count == 1 else {
                Issue.record("\(remarks)")
                return
            }
            #expect(aside == "\(path).damaged-\(number)")
            #expect(try String(contentsOfFile: aside, encoding: .utf8) == "broken \(number)")
            #expect(store.takeRemarks().isEmpty)
        }
    }

    @Test("what cannot be written is said once, and kept for the sitting")
    func unwritten() throws {
        let store = ProgressStore(path: "/proc/nowhere/learn.json", salt: 1)
        store.update { $0["c"]["a"].checks = 1 }
        store.update { $0["c"]["a"].checks += 1 }
        #expect(store.progress["c"]["a"].checks == 2)
        let remarks = store.takeRemarks()
        #expect(remarks.count == 1)
        guard case .unwritten? = remarks.first else {
            Issue.record("\(remarks)")
            return
        }
    }

    @Test("without a home nothing is kept, and nothing fails")
    func homeless() {
        let store = ProgressStore(path: nil, salt: 1)
        store.update { $0["c"]["a"].stars = 2 }
        #expect(store.progress["c"]["a"].stars == 2)
        #expect(store.takeRemarks().isEmpty)
    }
}
