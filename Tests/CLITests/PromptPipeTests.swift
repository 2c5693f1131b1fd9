import Foundation
import Testing

@Suite("the prompt through a pipe")
struct PromptPipeTests {
    @Test("what was meant is told once where nobody can be asked")
    func meantOnce() throws {
        let result = try Program.shell(
            "drydock", input: "node add n1\nrun web --image=nginx\nwhy pod/wep\n")
        #expect(result.output.components(separatedBy: "did you mean").count == 2)
        #expect(result.output.hasSuffix("did you mean pod/web?\n"))
    }
}
