import Model
import Value

extension Verb {
    /// `kubectl autoscale`.
    static let autoscale: Verb = {
        var verb = Verb("autoscale", summary: "Create a horizontal pod autoscaler for a workload")
        verb.usage =
            "(-f FILE | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS "
            + "[--cpu-percent=CPU] [flags]"
        verb.examples = ["autoscale deployment web --min=2 --max=10 --cpu-percent=80"]
        verb.flags =
            [
                .filename, .recursive, .kustomize,
                Flag("min", nil, .int, "the fewest pods", standard: "-1"),
                Flag("max", nil, .int, "the most pods", standard: "-1", isRequired: true),
                Flag(
                    "cpu-percent", nil, .int, "the wanted use of the requested cpu", standard: "-1"),
                Flag("name", nil, .string, "the name of the autoscaler"),
                .record,
            ] + Flag.generatorFlags
        verb.completes = .resources
        verb.run = autoscale
        return verb
    }()

    private static func autoscale(_ call: VerbCall) throws {
        let (least, most) = (call.flags.int("min"), call.flags.int("max"))
        if most < 1 {
            throw VerbError.message(
                "--max=MAXPODS is required and must be at least 1, max: \(most)")
        }
        if most < least {
            throw VerbError.message(
                "--max=MAXPODS must be larger or equal to --min=MINPODS, max: \(most), min: \(least)"
            )
        }
        var query = ObjectQuery(call)
        query.readsFilesAnew = false
        let found = try query.run()
        let creation = try Creation(call)
        try call.forEach(found) { object throws(VerbError) in
            guard object.info.isScalable else {
                throw .message(
                    "cannot autoscale a \(object.info.name): the server could not find the "
                        + "requested resource")
            }
            let name = call.flags.string("name")
            let percent = call.flags.int("cpu-percent")
            var spec: Value = [
                .scaleTargetRef: [
                    .apiVersion: Value(object.info.apiVersion), .kind: Value(object.info.name),
                    .name: Value(object.name),
                ],
                .maxReplicas: Value(most),
            ]
            if least > 0 { spec[.minReplicas] = Value(least) }
            let metadata: Value = [.name: Value(name.isEmpty ? object.name : name)]
            if creation.dryRun == .client {
                // kubectl 1.32 makes the object of autoscaling/v1, which the server converts.
                if percent >= 0 { spec["targetCPUUtilizationPercentage"] = Value(percent) }
                let shown: Value = [
                    .apiVersion: "autoscaling/v1", .kind: "HorizontalPodAutoscaler",
                    .metadata: metadata, .spec: spec,
                    .status: ["currentReplicas": 0, .desiredReplicas: 0],
                ]
                return try creation.show(
                    .horizontalPodAutoscaler, shown, operation: "autoscaled")
            }
            if percent >= 0 {
                spec[.metrics] = [
                    [
                        .type: "Resource",
                        .resource: [
                            .name: "cpu",
                            .target: [.type: "Utilization", .averageUtilization: Value(percent)],
                        ],
                    ]
                ]
            }
            try creation.generate(
                .horizontalPodAutoscaler, [.metadata: metadata, .spec: spec], failing: nil,
                operation: "autoscaled")
        }
    }
}
