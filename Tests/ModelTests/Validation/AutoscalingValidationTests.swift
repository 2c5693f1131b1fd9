import Testing
import Value

@testable import Model

/// What the API server says of an autoscaler's metrics and behavior.
@Suite struct AutoscalingValidationTests {
    private static func metric(_ metric: String, _ errors: String...) -> (String, [String]) {
        (
            #"{"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"#
                + #""metrics":[\#(metric)]}}"#, errors
        )
    }

    private static func rules(_ rules: String, _ errors: String...) -> (String, [String]) {
        (
            #"{"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"#
                + #""behavior":{"scaleDown":\#(rules)}}}"#, errors
        )
    }

    private static let place = "spec.metrics[0]"
    private static let down = "spec.behavior.scaleDown"

    static let cases: [(String, [String])] = [
        metric(
            #"{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}}"#
        ),
        metric(
            #"{"type":"Resource"}"#,
            "\(place).resource: Required value: must populate information for the given metric source"
        ),
        metric(
            #"{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization"}}}"#,
            "\(place).resource.target.averageUtilization: Required value: must set either a target raw "
                + "value or a target utilization"),
        metric(
            #"{"type":"Resource","resource":{"name":"cpu","target":{"type":"Share","averageUtilization":0}}}"#,
            "\(place).resource.target.type: Invalid value: \"Share\": must be either Utilization, Value, "
                + "or AverageValue",
            "\(place).resource.target.averageUtilization: Invalid value: 0: must be greater than 0"),
        metric(
            #"{"type":"Pods","pods":{"metric":{"name":"rps"},"target":{"type":"Value","value":"5"}}}"#,
            "\(place).pods.target.averageValue: Required value: must specify a positive target "
                + "averageValue"),
        metric(
            #"{"type":"External","external":{"metric":{"name":"q"},"target":{"type":"Value","value":"5","averageValue":"1"}}}"#,
            "\(place).external.target.value: Forbidden: may not set both a target value for metric and a "
                + "per-pod target"),
        rules(#"{"policies":[{"type":"Pods","value":1,"periodSeconds":60}]}"#),
        rules(
            #"{"stabilizationWindowSeconds":4000,"policies":[{"type":"Pods","value":1,"periodSeconds":60}]}"#,
            "\(down).stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600"
        ),
        rules(
            #"{"policies":[{"type":"Pods","value":0,"periodSeconds":2000}]}"#,
            "\(down).policies[0].value: Invalid value: 0: must be greater than zero",
            "\(down).policies[0].periodSeconds: Invalid value: 2000: must be less than or equal to 1800"
        ),
    ]

    @Test(arguments: cases)
    func `an autoscaler's metrics and behavior fit together`(
        json: String, errors: [String]
    ) throws {
        let object = try prepared(json, .horizontalPodAutoscaler)
        #expect(
            Validation.create(object, kind: Kind.horizontalPodAutoscaler.info).map(\.message)
                == errors)
    }
}
