import Support
import Testing
import Value

@testable import Model

@Suite struct UpdateValidationTests {
    private func errors(_ kind: Kind, _ json: String, _ change: (inout Value) -> Void) throws
        -> [String]
    {
        let old = try prepared(json, kind)
        var new = old
        change(&new)
        return Validation.update(new, from: old, kind: kind.info).map(\.message)
    }

    private let statefulSet =
        #"{"spec":{$SEL,"serviceName":"web","template":$POD,"ordinals":{"start":1}}}"#

    @Test func `a stateful set changes only what may change`() throws {
        let forbidden =
            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', "
            + "'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
            + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
        #expect(
            try errors(.statefulSet, statefulSet) { $0[.spec][.serviceName] = "x" } == [forbidden])
        #expect(
            try errors(.statefulSet, statefulSet) {
                $0[.spec][.selector][.matchLabels]["app"] = "x"
            } == [
                "spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: "
                    + "`selector` does not match template `labels`", forbidden,
            ])
        #expect(
            try errors(.statefulSet, statefulSet) {
                $0[.spec][.replicas] = 5
                $0[.spec][.ordinals][.start] = 2
                $0[.spec][.updateStrategy][.rollingUpdate][.partition] = 3
                $0[.spec][.template][.spec][.containers][0][.image] = "j"
            }.isEmpty)
    }

    @Test(arguments: [Kind.deployment, .replicaSet, .daemonSet])
    func `a selector is immutable`(kind: Kind) throws {
        let found = try errors(kind, #"{"spec":{$SEL,"template":$POD}}"#) {
            $0[.spec][.selector][.matchLabels]["x"] = "y"
            $0[.spec][.template][.metadata][.labels]["x"] = "y"
        }
        #expect(
            found == [
                "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"web\",\"x\":\"y\"}}: "
                    + "field is immutable"
            ])
    }

    private let pod =
        #"{"spec":{"containers":[{"name":"c","image":"i"}],"tolerations":[{"key":"k"}]}}"#

    @Test func `of a pod's spec only images, the deadline and tolerations change`() throws {
        #expect(
            try errors(.pod, pod) {
                $0[.spec][.containers][0][.image] = "j"
                $0[.spec][.activeDeadlineSeconds] = 5
                $0[.spec][.tolerations].append([.key: "l", .operator: "Exists"])
            }.isEmpty)
        let changed = try errors(.pod, pod) { $0[.spec][.nodeName] = "n" }
        #expect(changed.count == 1)
        #expect(
            changed[0].hasPrefix(
                "spec: Forbidden: pod updates may not change fields other than "
                    + "`spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
                    + "tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if "
                    + "it was previously negative)\n"))
        #expect(
            try errors(.pod, pod) { $0[.spec][.tolerations] = nil } == [
                "spec.tolerations: Forbidden: existing toleration can not be modified except its "
                    + "tolerationSeconds"
            ])
        #expect(
            try errors(.pod, pod) {
                $0[.spec][.containers].append($0[.spec][.containers][0])
                $0[.spec][.containers][1][.name] = "d"
            } == ["spec.containers: Forbidden: pod updates may not add or remove containers"])
    }

    @Test func `a job's work is fixed`() throws {
        let job =
            """
            {"spec":{"completions":2,"selector":{"matchLabels":{"a":"b"}},
            "template":{"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"Never",
            "containers":[{"name":"c","image":"i"}]}}}}
            """
        #expect(
            try errors(.job, job) { $0[.spec][.completions] = 3 } == [
                "spec.completions: Invalid value: 3: field is immutable"
            ])
        #expect(
            try errors(.job, job) {
                $0[.spec][.template][.spec][.containers][0][.image] = "j"
            }.first?.hasPrefix("spec.template: Invalid value: ") == true)
        #expect(try errors(.job, job) { $0[.spec][.parallelism] = 3 }.isEmpty)
    }

    @Test func `claims and services keep what binds others`() throws {
        let claim =
            """
            {"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},
            "status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}
            """
        #expect(
            try errors(.persistentVolumeClaim, claim) {
                $0[.spec][.accessModes] = ["ReadWriteMany"]
            } == [
                "spec: Forbidden: spec is immutable after creation except resources.requests and "
                    + "volumeAttributesClassName for bound claims\n@@ -1,6 +1,6 @@\n {\n"
                    + "  \"AccessModes\": [\n-  \"ReadWriteOnce\"\n+  \"ReadWriteMany\"\n  ],\n"
                    + "  \"Selector\": null,\n  \"Resources\": {\n"
            ])
        #expect(
            try errors(.persistentVolumeClaim, claim) {
                $0[.spec][.resources][.requests][.storage] = "500Mi"
            } == [
                "spec.resources.requests.storage: Forbidden: field can not be less than "
                    + "status.capacity"
            ])
        let service =
            #"{"spec":{"ports":[{"port":80}],"clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1"]}}"#
        #expect(
            try errors(.service, service) {
                $0[.spec][.clusterIP] = "None"
                $0[.spec][.clusterIPs] = ["None"]
            } == [
                "spec.clusterIPs[0]: Invalid value: [\"None\"]: may not change once set"
            ])
    }

    @Test func `names and identities never change`() throws {
        let found = try errors(.configMap, #"{"metadata":{"uid":"u"}}"#) {
            $0[.metadata][.name] = "x"
            $0[.metadata][.uid] = "v"
        }
        #expect(
            found == [
                "metadata.name: Invalid value: \"x\": field is immutable",
                "metadata.uid: Invalid value: \"v\": field is immutable",
            ])
    }

    @Test func `immutable data stays`() throws {
        #expect(
            try errors(.configMap, #"{"immutable":true,"data":{"a":"b"}}"#) {
                $0[.data]["a"] = "c"
            } == ["data: Forbidden: field is immutable when `immutable` is set"])
    }
}
