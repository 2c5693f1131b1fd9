import Model
import Support
import Testing
import Value

/// What a status of a Job may not say (ValidateJobStatusUpdate).
@Suite("status of a Job")
struct JobStatusValidationTests {
    private static func condition(_ type: String) -> Value {
        [.type: Value(type), .status: "True"]
    }

    private func errors(
        _ new: Value, from old: Value = .emptyObject, spec: Value = [.completions: 3]
    ) -> [String] {
        let kind = KindRegistry.builtIn[.job]
        let object = { (status: Value) -> Value in [.spec: spec, .status: status] }
        return Validation.status(object(new), from: object(old), isApproval: false, kind: kind)
            .map(\.message)
    }

    @Test("ready pods are active ones; a status that is wrong already may stay so")
    func ready() {
        let words = "status.ready: Invalid value: 2: cannot set more ready pods than active"
        #expect(errors([.ready: 2, .active: 1]) == [words])
        #expect(errors([.ready: 2, .active: 1, .failed: 1], from: [.ready: 2, .active: 1]) == [])
        #expect(errors([.ready: 2, .active: 2]) == [])
    }

    @Test("counters do not fall, and what has ended stays so")
    func counters() {
        #expect(
            errors([.failed: 1], from: [.failed: 2])
                == ["status.failed: Invalid value: 1: cannot decrease the failed counter"])
        #expect(
            errors([.succeeded: 0], from: [.succeeded: 2])
                == ["status.succeeded: Invalid value: 0: cannot decrease the succeeded counter"])
        #expect(
            errors(
                .emptyObject, from: [.conditions: [Self.condition("FailureTarget")]])
                == [
                    "status.conditions: Invalid value: cannot disable the terminal "
                        + "FailureTarget=True condition"
                ])
    }

    @Test("the end of a Job is announced, and nothing of it is left")
    func end() {
        let complete: Value = [
            .completionTime: "2025-01-01T00:00:10Z", .startTime: "2025-01-01T00:00:00Z",
            .conditions: [Self.condition("SuccessCriteriaMet"), Self.condition("Complete")],
        ]
        #expect(errors(complete) == [])
        var wrong = complete
        wrong[.conditions] = [Self.condition("Complete")]
        wrong[.completionTime] = .null
        wrong[.startTime] = .null
        wrong[.active] = 1
        wrong[.terminating] = 2
        #expect(
            errors(wrong) == [
                "status.completionTime: Required value: completionTime is required for Complete "
                    + "jobs",
                "status.conditions: Invalid value: cannot set Complete=True condition without "
                    + "the SuccessCriteriaMet=true condition",
                "status.active: Invalid value: 1: active>0 is invalid for finished job",
                "status.startTime: Required value: startTime is required for finished job",
                "status.terminating: Invalid value: 2: terminating>0 is invalid for finished job",
            ])
    }

    @Test("indexes belong to indexed Jobs and stay below their number")
    func indexes() {
        #expect(
            errors(["completedIndexes": "0-1"]) == [
                "status.completedIndexes: Invalid value: \"0-1\": cannot set non-empty "
                    + "completedIndexes when non-indexed completion mode"
            ])
        let spec: Value = [.completions: 3, .completionMode: "Indexed"]
        #expect(
            errors(["completedIndexes": "0-3"], spec: spec) == [
                "status.completedIndexes: Invalid value: \"0-3\": error parsing completedIndexes: "
                    + "too large index: \"3\""
            ])
    }
}
