import Foundation
import Testing

@Suite("The manual page")
struct ManualPageTests {
    @Test("tells of every command and each of its arguments, as help does")
    func complete() throws {
        let page = try Program.shell("drydock manual").output
        let dump = try Program.shell("drydock --experimental-dump-help").output
        let help = try #require(
            try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any])
        let root = try #require(help["command"] as? [String: Any])
        var count = 0
        func check(_ command: [String: Any], _ path: String) {
            let name = command["commandName"] as? String ?? ""
            for argument in command["arguments"] as? [[String: Any]] ?? [] {
                guard argument["shouldDisplay"] as? Bool ?? true else { continue }
                let value = argument["valueName"] as? String ?? ""
                let word = value.replacing("-", with: "\\-").replacing("…", with: "\\[u2026]")
                #expect(page.contains(word), "\(name) \(value)")
                count += 1
            }
            for inner in command["subcommands"] as? [[String: Any]] ?? [] {
                let word = inner["commandName"] as? String ?? ""
                guard inner["shouldDisplay"] as? Bool ?? true else { continue }
                if word == "help" { continue }
                #expect(page.contains(".SS \(path) \(word)\n"))
                check(inner, "\(path) \(word)")
            }
        }
        check(root, "drydock")
        #expect(count > 20)
    }

    @Test("is roff: no line begins a request that it does not mean, and no dash is a hyphen")
    func roff() throws {
        let requests = Set(["TH", "SH", "SS", "TP", "PP", "br", "B", "BR", "I"])
        for line in try Program.shell("drydock manual").output.split(separator: "\n") {
            if line.hasPrefix(".") {
                let request = line.dropFirst().prefix { $0.isLetter }
                #expect(requests.contains(String(request)), "\(line)")
            } else {
                #expect(!line.hasPrefix("'"))
                #expect(line.firstMatch(of: /[^\\]-/) == nil, "\(line)")
            }
        }
    }
}
