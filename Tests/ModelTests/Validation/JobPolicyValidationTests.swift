import Testing
import Value

@testable import Model

/// What the API server says of a Job's completion mode and policies.
@Suite struct JobPolicyValidationTests {
    private static func job(_ spec: String, _ errors: String...) -> (String, [String]) {
        let template =
            #"{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}"#
        return (#"{"spec":{"selector":{},"template":\#(template),\#(spec)}}"#, errors)
    }

    private static func indexed(_ spec: String, _ errors: String...) -> (String, [String]) {
        (job(#""completionMode":"Indexed","completions":4,"# + spec).0, errors)
    }

    private static func failureRule(_ rule: String, _ errors: String...) -> (String, [String]) {
        (job(#""podFailurePolicy":{"rules":[\#(rule)]}"#).0, errors)
    }

    private static func successRule(_ rule: String, _ errors: String...) -> (String, [String]) {
        (indexed(#""successPolicy":{"rules":[\#(rule)]}"#).0, errors)
    }

    private static let rules = "spec.podFailurePolicy.rules[0]"
    private static let success = "spec.successPolicy.rules[0]"

    static let cases: [(String, [String])] = [
        indexed(#""parallelism":4,"backoffLimitPerIndex":1,"maxFailedIndexes":2"#),
        job(
            #""completionMode":"Indexed","parallelism":1"#,
            "spec.completions: Required value: when completion mode is Indexed"),
        job(
            #""backoffLimitPerIndex":1"#,
            "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode"),
        indexed(
            #""maxFailedIndexes":1"#,
            "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified"),
        indexed(
            #""backoffLimitPerIndex":1,"maxFailedIndexes":5"#,
            "spec.maxFailedIndexes: Invalid value: 5: must be less than or equal to completions"),
        indexed(
            #""parallelism":100001"#,
            "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when "
                + "completion mode is Indexed"),
        failureRule(#"{"action":"FailJob","onExitCodes":{"operator":"In","values":[1,2]}}"#),
        failureRule(
            #"{"action":"FailIndex","onExitCodes":{"operator":"In","values":[1]}}"#,
            "\(rules).action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set"
        ),
        failureRule(
            #"{"action":"Ignore","onExitCodes":{"operator":"In","values":[0]}}"#,
            "\(rules).onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator"),
        failureRule(
            #"{"action":"Ignore","onExitCodes":{"operator":"NotIn","values":[3,3]}}"#,
            "\(rules).onExitCodes.values[1]: Duplicate value: 3"),
        failureRule(
            #"{"action":"Ignore","onExitCodes":{"operator":"In","values":[3],"containerName":"x"}}"#,
            "\(rules).onExitCodes.containerName: Invalid value: \"x\": must be one of the container or "
                + "initContainer names in the pod template"),
        successRule(#"{"succeededIndexes":"0,2-3","succeededCount":2}"#),
        successRule(
            "{}",
            "\(success): Required value: at least one of succeededCount or succeededIndexes must be "
                + "specified"),
        successRule(
            #"{"succeededIndexes":"0,7"}"#,
            "\(success).succeededIndexes: Invalid value: \"0,7\": error parsing succeededIndexes: too "
                + "large index: \"7\""),
        successRule(
            #"{"succeededIndexes":"2-1"}"#,
            "\(success).succeededIndexes: Invalid value: \"2-1\": error parsing succeededIndexes: "
                + "non-increasing order, previous: 2, current: 1"),
        successRule(
            #"{"succeededCount":5}"#,
            "\(success).succeededCount: Invalid value: 5: must be less than or equal to 4 (the number of "
                + "specified completions)"),
        successRule(
            #"{"succeededCount":3,"succeededIndexes":"0,1"}"#,
            "\(success).succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of "
                + "indexes in the specified succeededIndexes field)"),
    ]

    @Test(arguments: cases)
    func `a job's mode and policies fit together`(json: String, errors: [String]) throws {
        let object = try prepared(json, .job)
        #expect(Validation.create(object, kind: Kind.job.info).map(\.message) == errors)
    }

    @Test func `a policy for failures only replaces failed pods`() throws {
        let object = try prepared(
            Self.job(
                #""podReplacementPolicy":"TerminatingOrFailed","podFailurePolicy":{"rules":[]}"#
            ).0, .job)
        #expect(
            Validation.create(object, kind: Kind.job.info).map(\.message) == [
                "spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported "
                    + "values: \"Failed\""
            ])
    }

    @Test func `completions change with the parallelism of an indexed job alone`() throws {
        let old = try prepared(Self.indexed(#""parallelism":4"#).0, .job)
        func errors(_ change: (inout Value) -> Void) -> [String] {
            var new = old
            change(&new)
            return Validation.update(new, from: old, kind: Kind.job.info).map(\.message)
        }
        #expect(
            errors {
                $0[.spec][.completions] = 2
                $0[.spec][.parallelism] = 2
            }.isEmpty)
        #expect(
            errors { $0[.spec][.completions] = 2 } == [
                "spec.completions: Invalid value: 2: can only be modified in tandem with "
                    + "spec.parallelism"
            ])
    }
}
