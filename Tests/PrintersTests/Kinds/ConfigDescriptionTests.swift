import Testing
import Value

@testable import Printers

@Suite struct ConfigDescriptionTests {
    @Test func aConfigMapShowsItsData() {
        let configMap = object(
            "v1", "ConfigMap", "c",
            #""data": {"b": "two\nlines", "a": "one"}, "binaryData": {"x": "AAEC"}"#)
        #expect(
            description(of: configMap) == """
                Name:         c
                Namespace:    default
                Labels:       <none>
                Annotations:  <none>

                Data
                ====
                a:
                ----
                one

                b:
                ----
                two
                lines


                BinaryData
                ====
                x: 3 bytes

                Events:  <none>

                """)
    }

    @Test func aSecretHidesItsData() {
        let secret = object(
            "v1", "Secret", "s", #""type": "Opaque", "data": {"password": "c2VjcmV0", "k": ""}"#)
        #expect(
            description(of: secret) == """
                Name:         s
                Namespace:    default
                Labels:       <none>
                Annotations:  <none>

                Type:  Opaque

                Data
                ====
                k:         0 bytes
                password:  6 bytes

                """)
    }

    @Test func aTokenIsShown() {
        let secret = object(
            "v1", "Secret", "s",
            #""type": "kubernetes.io/service-account-token", "data": {"token": "YWJj"}"#)
        #expect(description(of: secret).hasSuffix("token:  abc\n"))
    }

    @Test func aServiceAccountNamesItsPullSecrets() {
        let account = object(
            "v1", "ServiceAccount", "default",
            #""imagePullSecrets": [{"name": "gone"}], "secrets": [{"name": "a"}, {"name": "b"}]"#)
        let secrets = [object("v1", "Secret", "a"), object("v1", "Secret", "b")]
        #expect(
            description(of: account, related: secrets) == """
                Name:                default
                Namespace:           default
                Labels:              <none>
                Annotations:         <none>
                Image pull secrets:  gone
                Events:              <none>

                """)
    }

    @Test func aNamespaceShowsQuotasAndLimits() {
        let quota = object(
            "v1", "ResourceQuota", "q", namespace: "team",
            """
            "spec": {"scopes": ["BestEffort"]},
            "status": {"hard": {"pods": "10", "cpu": "4"}, "used": {"pods": "3", "cpu": "500m"}}
            """)
        let limits = object(
            "v1", "LimitRange", "l", namespace: "team",
            """
            "spec": {"limits": [{"type": "Container", "max": {"cpu": "1"}, "default": {"cpu": "500m"}}]}
            """)
        let namespace = object(
            "v1", "Namespace", "team", namespace: nil, #""status": {"phase": "Active"}"#)
        #expect(
            description(of: namespace, related: [quota, limits]) == """
                Name:         team
                Labels:       <none>
                Annotations:  <none>
                Status:       Active

                Resource Quotas
                  Name:    q
                  Scopes:  BestEffort
                  * Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.
                  Resource  Used  Hard
                  --------  ---   ---
                  cpu       500m  4
                  pods      3     10

                Resource Limits
                 Type       Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
                 ----       --------  ---  ---  ---------------  -------------  -----------------------
                 Container  cpu       -    1    -                500m           -

                """)
        #expect(
            description(of: namespace).hasSuffix(
                "\nNo resource quota.\n\nNo LimitRange resource.\n"))
        #expect(
            description(of: limits) == """
                Name:       l
                Namespace:  team
                Type        Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
                ----        --------  ---  ---  ---------------  -------------  -----------------------
                Container   cpu       -    1    -                500m           -

                """)
    }

    @Test func aPriorityClassAndABudgetAreShort() {
        let priorityClass = object(
            "scheduling.k8s.io/v1", "PriorityClass", "high", namespace: nil,
            #""value": 1000, "preemptionPolicy": "Never", "description": "for d""#)
        #expect(
            description(of: priorityClass) == """
                Name:              high
                Value:             1000
                GlobalDefault:     false
                PreemptionPolicy:  Never
                Description:       for d
                Annotations:       <none>
                Events:            <none>

                """)
        let budget = object(
            "policy/v1", "PodDisruptionBudget", "b",
            """
            "spec": {"minAvailable": 2, "selector": {"matchLabels": {"app": "web"}}},
            "status": {"disruptionsAllowed": 1, "currentHealthy": 3, "desiredHealthy": 2, "expectedPods": 3}
            """)
        #expect(
            description(of: budget) == """
                Name:           b
                Namespace:      default
                Min available:  2
                Selector:       app=web
                Status:
                    Allowed disruptions:  1
                    Current:              3
                    Desired:              2
                    Total:                3
                Events:                   <none>

                """)
    }

    @Test func anAutoscalerShowsMetricsAndConditions() {
        let autoscaler = object(
            "autoscaling/v2", "HorizontalPodAutoscaler", "web",
            """
            "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web"}, "minReplicas": 1,
             "maxReplicas": 5, "metrics": [
              {"type": "Resource", "resource": {"name": "cpu",
               "target": {"type": "Utilization", "averageUtilization": 50}}},
              {"type": "Resource", "resource": {"name": "memory",
               "target": {"type": "AverageValue", "averageValue": "1Gi"}}}]},
            "status": {"currentReplicas": 2, "desiredReplicas": 3, "currentMetrics": [
             {"type": "Resource", "resource": {"name": "cpu",
              "current": {"averageUtilization": 80, "averageValue": "80m"}}}],
             "conditions": [{"type": "AbleToScale", "status": "True", "reason": "R", "message": "m"}]}
            """)
        #expect(
            withoutTrailingBlanks(description(of: autoscaler)) == """
                Name:                                                  web
                Namespace:                                             default
                Labels:                                                <none>
                Annotations:                                           <none>
                CreationTimestamp:                                     Wed, 01 Jan 2025 00:05:00 +0000
                Reference:                                             Deployment/web
                Metrics:                                               ( current / target )
                  resource cpu on pods  (as a percentage of request):  80% (80m) / 50%
                  resource memory on pods:                             <unknown> / 1Gi
                Min replicas:                                          1
                Max replicas:                                          5
                Deployment pods:                                       2 current / 3 desired
                Conditions:
                  Type         Status  Reason  Message
                  ----         ------  ------  -------
                  AbleToScale  True    R       m
                Events:        <none>

                """)
    }

    @Test func aRoleListsItsRulesByResource() {
        let role = object(
            "rbac.authorization.k8s.io/v1", "Role", "r",
            """
            "rules": [{"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get"]},
             {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list"]},
             {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "watch"]}]
            """)
        #expect(
            description(of: role) == """
                Name:         r
                Labels:       <none>
                Annotations:  <none>
                PolicyRule:
                  Resources         Non-Resource URLs  Resource Names  Verbs
                  ---------         -----------------  --------------  -----
                  pods              []                 []              [get watch]
                  pods/log          []                 []              [get]
                  deployments.apps  []                 []              [list]

                """)
    }

    @Test func kindsWithoutADescriptionShowTheirFields() {
        let revision = object(
            "apps/v1", "ControllerRevision", "web-1",
            #""revision": 2, "data": {"clusterIPs": ["a", "b"], "a.b": null, "list": [{"x": true}]}"#
        )
        #expect(
            withoutTrailingBlanks(description(of: revision)) == """
                Name:         web-1
                Namespace:    default
                Labels:       <none>
                Annotations:  <none>
                API Version:  apps/v1
                Data:
                  a.b:  <nil>
                  Cluster I Ps:
                    a
                    b
                  List:
                    X:  true
                Kind:   ControllerRevision
                Metadata:
                  Creation Timestamp:  2025-01-01T00:05:00Z
                  UID:                 uid-of-web-1
                Revision:              2
                Events:                <none>

                """)
    }
}
