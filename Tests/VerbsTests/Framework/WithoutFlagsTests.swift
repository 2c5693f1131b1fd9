import Testing

@testable import Verbs

@Suite("A command without its flags")
struct WithoutFlagsTests {
    @Test(
        "is known by its verbs and arguments, wherever flags stand",
        arguments: [
            ("set image deployment/web web=nginx:2", "set image deployment/web web=nginx:2"),
            (
                "set --user admin image deployment/web web=nginx:2 -n shop",
                "set image deployment/web web=nginx:2"
            ),
            (
                "--cluster drydock set image deployment/web web=nginx:2",
                "set image deployment/web web=nginx:2"
            ),
            (
                "-v 6 -n=shop set image -l app=web deployment web=nginx:2",
                "set image deployment web=nginx:2"
            ),
            ("rollout --namespace shop undo --to-revision 2 deploy/web", "rollout undo deploy/web"),
            ("scale --replicas 3 deployment web", "scale deployment web"),
            ("exec -it web-0 -- sh -c true", "exec web-0 sh -c true"),
            ("why deployment/web", "why deployment/web"),
            ("node fail n1", "node fail n1"),
            ("set image --no-such-flag x", "set image --no-such-flag x"),
            ("frobnicate -n x", "frobnicate -n x"),
        ])
    func words(command: String, expected: String) {
        let words = command.split(separator: " ").map(String.init)
        #expect(VerbRegistry.withoutFlags(words).joined(separator: " ") == expected)
    }
}
