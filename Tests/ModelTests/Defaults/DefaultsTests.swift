import Support
import Testing
import Value

@testable import Model

@Suite struct DefaultsTests {
    private func defaulted(_ json: String, _ kind: Kind) throws -> Value {
        var value = try Decoder.decode(JSON.parse(json), kind: kind.info).value
        Defaults.apply(&value, kind: kind.info)
        return value
    }

    private func text(_ value: Value) -> String { JSON.text(value, style: .canonical) }

    private let podTemplate =
        #"{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"nginx:1.12","#
        + #""name":"nginx"}]}}"#

    /// What the API server makes of ``podTemplate``, as recorded from a control plane.
    private let fullTemplate =
        #"{"metadata":{"labels":{"app":"web"}},"spec":{"containers":"#
        + #"[{"image":"nginx:1.12","imagePullPolicy":"IfNotPresent","name":"nginx","#
        + #""resources":{},"terminationMessagePath":"/dev/termination-log","#
        + #""terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","#
        + #""restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"#
        + #""terminationGracePeriodSeconds":30}}"#

    @Test func `a deployment gets its strategy and limits`() throws {
        let value = try defaulted(#"{"spec":{"template":\#(podTemplate)}}"#, .deployment)
        #expect(
            text(value[.spec])
                == #"{"progressDeadlineSeconds":600,"replicas":1,"revisionHistoryLimit":10,"#
                + #""strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"#
                + #""type":"RollingUpdate"},"template":\#(fullTemplate)}"#)
        let recreate = try defaulted(#"{"spec":{"strategy":{"type":"Recreate"}}}"#, .deployment)
        #expect(recreate[.spec][.strategy] == [.type: "Recreate"])
    }

    @Test func `a stateful set gets its policies and its claims their kind`() throws {
        let value = try defaulted(
            #"{"spec":{"template":\#(podTemplate),"volumeClaimTemplates":[{"metadata":"#
                + #"{"name":"d"},"spec":{"accessModes":["ReadWriteOnce"]}}]}}"#, .statefulSet)
        let spec = value[.spec]
        #expect(spec[.podManagementPolicy] == "OrderedReady")
        #expect(
            spec[.updateStrategy] == [.rollingUpdate: [.partition: 0], .type: "RollingUpdate"])
        #expect(
            spec[.persistentVolumeClaimRetentionPolicy]
                == [.whenDeleted: "Retain", .whenScaled: "Retain"])
        #expect(
            text(spec[.volumeClaimTemplates][0])
                == #"{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":"#
                + #"{"name":"d"},"spec":{"accessModes":["#
                + #""ReadWriteOnce"],"resources":{},"volumeMode":"Filesystem"},"#
                + #""status":{"phase":"Pending"}}"#)
        let onDelete = try defaulted(
            #"{"spec":{"updateStrategy":{"type":"OnDelete"}}}"#, .statefulSet)
        #expect(onDelete[.spec][.updateStrategy] == [.type: "OnDelete"])
    }

    @Test func `a daemon set rolls one node at a time`() throws {
        let value = try defaulted(#"{"spec":{"template":\#(podTemplate)}}"#, .daemonSet)
        #expect(
            text(value[.spec])
                == #"{"revisionHistoryLimit":10,"template":\#(fullTemplate),"#
                + #""updateStrategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1},"#
                + #""type":"RollingUpdate"}}"#)
    }

    @Test(arguments: [
        ("nginx", "Always"), ("nginx:latest", "Always"), ("nginx:1.25", "IfNotPresent"),
        ("host:5000/nginx", "Always"), ("host:5000/nginx:v1", "IfNotPresent"),
        ("nginx@sha256:abc", "IfNotPresent"), ("nginx:latest@sha256:abc", "Always"),
    ])
    func `the tag decides about pulling`(image: String, policy: String) {
        #expect(Defaults.pullPolicy(image: image) == policy)
    }

    @Test func `a pod's requests follow its limits`() throws {
        let value = try defaulted(
            #"{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"1","memory":"1Gi"},"#
                + #""requests":{"cpu":"500m"}}}]}}"#, .pod)
        let resources = value[.spec][.containers][0][.resources]
        #expect(resources[.requests] == [.cpu: "500m", .memory: "1Gi"])
        #expect(value[.spec][.enableServiceLinks] == true)
        #expect(value[.spec][.serviceAccountName].isNull)
    }

    @Test func `probes, ports, variables and volumes get their defaults`() throws {
        let value = try defaulted(
            """
            {"spec":{"hostNetwork":true,"serviceAccount":"x","containers":[{"name":"a",
            "livenessProbe":{"httpGet":{"port":80}},"ports":[{"containerPort":80}],
            "env":[{"name":"n","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]}],
            "volumes":[{"name":"a"},{"name":"b","configMap":{"name":"c"}},
            {"name":"c","hostPath":{"path":"/x"}}]}}
            """, .pod)
        let container = value[.spec][.containers][0]
        #expect(
            text(container[.livenessProbe])
                == #"{"failureThreshold":3,"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"#
                + #""periodSeconds":10,"successThreshold":1,"timeoutSeconds":1}"#)
        #expect(
            container[.ports] == [[.containerPort: 80, .hostPort: 80, .protocol: "TCP"]])
        #expect(container[.env][0][.valueFrom][.fieldRef][.apiVersion] == "v1")
        #expect(
            value[.spec][.volumes] == [
                [.name: "a", .emptyDir: [:]],
                [.name: "b", .configMap: [.name: "c", .defaultMode: 420]],
                [.name: "c", .hostPath: [.path: "/x", .type: ""]],
            ])
        #expect(value[.spec][.serviceAccountName] == "x")
    }

    @Test func `amounts are rounded up to thousandths`() throws {
        let value = try defaulted(
            #"{"spec":{"containers":[{"resources":{"requests":{"cpu":"0.00001","memory":"1.5"}}}]}}"#,
            .pod)
        #expect(
            value[.spec][.containers][0][.resources][.requests]
                == [.cpu: "1m", .memory: "1500m"])
        let quota = try defaulted(#"{"spec":{"hard":{"cpu":"1500u","pods":"3"}}}"#, .resourceQuota)
        #expect(quota[.spec][.hard] == [.cpu: "2m", .pods: "3"])
    }

    @Test func `texts that Go cannot omit are there`() throws {
        let value = try defaulted(
            """
            {"spec":{"securityContext":{"sysctls":[{"name":"a"}]},"containers":[{"livenessProbe":
            {"httpGet":{"port":1,"httpHeaders":[{"name":"X"}]}}}]}}
            """, .pod)
        #expect(value[.spec][.securityContext]["sysctls"][0] == [.name: "a", .value: ""])
        let probe = value[.spec][.containers][0][.livenessProbe]
        #expect(probe[.httpGet]["httpHeaders"][0] == [.name: "X", .value: ""])
    }

    @Test func `a job runs once`() throws {
        var value = try defaulted(
            #"{"metadata":{"name":"pi"},"spec":{"template":{"metadata":{},"spec":{}}}}"#, .job)
        value[.spec][.template] = nil
        #expect(
            text(value[.spec])
                == #"{"backoffLimit":6,"completionMode":"NonIndexed","completions":1,"#
                + #""manualSelector":false,"parallelism":1,"#
                + #""podReplacementPolicy":"TerminatingOrFailed","suspend":false}"#)
        let queue = try defaulted(#"{"spec":{"parallelism":3}}"#, .job)
        #expect(queue[.spec][.completions].isNull)
    }

    @Test func `a service's ports point at themselves`() throws {
        let value = try defaulted(
            #"{"spec":{"type":"NodePort","ports":[{"port":80},{"port":81,"targetPort":"x"}]}}"#,
            .service)
        #expect(
            text(value)
                == #"{"spec":{"externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster","#
                + #""ports":[{"port":80,"protocol":"TCP","targetPort":80},"#
                + #"{"port":81,"protocol":"TCP","targetPort":"x"}],"sessionAffinity":"None","#
                + #""type":"NodePort"},"status":{"loadBalancer":{}}}"#)
    }

    @Test func `secrets, limit ranges and autoscalers`() throws {
        let secret = try defaulted(#"{"stringData":{"a":"hello","b":"hi"}}"#, .secret)
        #expect(secret == [.type: "Opaque", .data: ["a": "aGVsbG8=", "b": "aGk="]])
        let range = try defaulted(
            #"{"spec":{"limits":[{"type":"Container","max":{"cpu":"1"},"min":{"memory":"1Mi"}}]}}"#,
            .limitRange)
        #expect(range[.spec][.limits][0][.default] == [.cpu: "1"])
        #expect(range[.spec][.limits][0][.defaultRequest] == [.cpu: "1", .memory: "1Mi"])
        let scaler = try defaulted(
            #"{"spec":{"behavior":{"scaleDown":{}}}}"#, .horizontalPodAutoscaler)
        #expect(scaler[.spec][.minReplicas] == 1)
        #expect(scaler[.spec][.metrics][0][.resource][.target][.averageUtilization] == 80)
        #expect(scaler[.spec][.behavior][.scaleUp][.stabilizationWindowSeconds] == 0)
        #expect(scaler[.spec][.behavior][.scaleDown][.selectPolicy] == "Max")
    }

    @Test(arguments: Kind.allBuiltIn)
    func `defaulting twice changes nothing, also of an empty object`(kind: Kind) throws {
        var once: Value = [.spec: [.template: [.spec: [.containers: [[.name: "a"]]]]]]
        Defaults.apply(&once, kind: kind.info)
        var twice = once
        Defaults.apply(&twice, kind: kind.info)
        #expect(twice == once)
        var empty = Value.emptyObject
        Defaults.apply(&empty, kind: kind.info)
        #expect(empty[.spec][.containers].isNull)
    }
}
