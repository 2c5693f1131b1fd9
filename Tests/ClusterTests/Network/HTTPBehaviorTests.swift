import Testing

@testable import Cluster

@Suite("answers by path")
struct HTTPBehaviorTests {
    private let rules = ["/", "/api", "/api/v1/", "/healthz"].map {
        HTTPBehavior(path: $0, answers: [.init(text: $0)])
    }

    @Test(
        "the longest path counts, element by element",
        arguments: [
            ("/", "/"), ("/x", "/"), ("/api", "/api"), ("/api/", "/api"), ("/apis", "/"),
            ("/api/v1", "/api/v1/"), ("/api/v1/pods?a=b", "/api/v1/"), ("/healthz?x", "/healthz"),
        ])
    func longest(_ row: (target: String, path: String)) {
        #expect(HTTPBehavior.rule(rules, for: row.target)?.path == row.path)
    }

    @Test("the last answer that has begun holds; nothing is said before the first")
    func times() {
        let rule = HTTPBehavior(
            path: "/", answers: [.init(from: 10, status: 503), .init(from: 20, status: 200)])
        #expect(rule.answer(at: 9) == nil)
        #expect(rule.answer(at: 10)?.status == 503)
        #expect(rule.answer(at: 25)?.status == 200)
    }
}
